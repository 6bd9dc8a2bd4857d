// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Size of a log in a receipt
/// @notice Twin of shared/machine/src/commit/log-size.ts.
library LogSize {
    /// @notice Bytes of a log's RLP item, `[address, [topics], data]`.
    function logSize(uint256 topicCount, bytes memory data) internal pure returns (uint256) {
        if (data.length == 1 && uint8(data[0]) < 0x80) return _withData(topicCount, 1);
        return logSize(topicCount, data.length);
    }

    /// @notice As above, of data that is not a single byte.
    function logSize(uint256 topicCount, uint256 dataLength) internal pure returns (uint256) {
        return _withData(topicCount, _withHeader(dataLength));
    }

    function _withData(uint256 topicCount, uint256 dataItem) private pure returns (uint256) {
        return _withHeader(21 + _withHeader(33 * topicCount) + dataItem);
    }

    /// @dev Content of a string or list with its header.
    function _withHeader(uint256 content) private pure returns (uint256) {
        if (content <= 55) return content + 1;
        uint256 size = 1;
        while (content >> (8 * size) != 0) ++size;
        return content + 1 + size;
    }
}
