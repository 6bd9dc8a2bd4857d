/** Bytes of a log's data that are hashed at once. */
export const LOG_PIECE = 4_096
