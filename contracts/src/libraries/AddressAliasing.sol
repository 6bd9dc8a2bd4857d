// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title L2 names of L1 contracts
/// @notice A contract's address on L1 may belong to somebody else on L2, so it acts there under an offset; the OP Stack's offset.
library AddressAliasing {
    uint160 internal constant OFFSET = uint160(0x1111000000000000000000000000000000001111);

    /// @notice L2 address of an L1 contract.
    function toL2(address l1Address) internal pure returns (address) {
        unchecked {
            return address(uint160(l1Address) + OFFSET);
        }
    }

    /// @notice L1 contract behind an L2 address.
    function toL1(address l2Address) internal pure returns (address) {
        unchecked {
            return address(uint160(l2Address) - OFFSET);
        }
    }
}
