// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptRlp} from "../mpt/MptRlp.sol";

/// @title Headers of RLP items as bytes (yellow paper, appendix B)
library RlpBytes {
    /// @notice Header of an item with `size` bytes of content; `base` is 0x80 for a string, 0xc0 for a list.
    function header(uint256 base, uint256 size) internal pure returns (bytes memory encoded) {
        uint256 begin = MptRlp.allocate(96);
        uint256 end = MptRlp.writeHeader(begin + 32, base, size);
        MptRlp.store(begin, bytes32(end - begin - 32));
        assembly ("memory-safe") {
            encoded := begin
        }
    }
}
