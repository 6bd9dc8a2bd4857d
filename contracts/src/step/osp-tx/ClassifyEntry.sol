// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DecodeTransaction} from "./DecodeTransaction.sol";
import {Gas} from "./Gas.sol";

/// @title Which entries no state can make a transaction (docs/protocol/transactions.md, reasons 2 to 10)
/// @notice Twin of `classify` in shared/protocol, without the reason, which is no consensus.
library ClassifyEntry {
    /// @dev Largest transaction, bytes.
    uint256 internal constant MAX_SIZE = 98_304;
    /// @dev Largest gas limit (EIP-7825).
    uint256 internal constant MAX_GAS = 1 << 24;
    /// @dev Largest data of a creation, bytes (EIP-3860).
    uint256 internal constant MAX_INITCODE = 49_152;

    /// @param transaction   Points into the entry's bytes.
    /// @param sender        Whom the signature recovers to.
    /// @param intrinsicGas  At most the gas limit, as is `floorGas`.
    struct Loaded {
        DecodeTransaction.Transaction transaction;
        address sender;
        uint256 intrinsicGas;
        uint256 floorGas;
    }

    /// @notice The transaction, unless it is skipped whatever the state.
    function classifyEntry(bytes memory raw, uint256 chainId) internal pure returns (bool isSkipped, Loaded memory loaded) {
        if (raw.length > MAX_SIZE) return (true, loaded);
        (bool isValid, DecodeTransaction.Transaction memory t) = DecodeTransaction.decodeTransaction(raw);
        if (!isValid) return (true, loaded);
        loaded.transaction = t;
        (loaded.intrinsicGas, loaded.floorGas) = gasOf(raw, t);
        if (t.isProtected && t.chainId != chainId) return (true, loaded);
        if (t.gasLimit > MAX_GAS || t.gasLimit < loaded.intrinsicGas || t.gasLimit < loaded.floorGas) return (true, loaded);
        if (t.isCreation && t.dataLength > MAX_INITCODE) return (true, loaded);
        if (t.tipCap > t.feeCap) return (true, loaded);
        loaded.sender = ecrecover(t.signingHash, uint8(27 + t.yParity), bytes32(t.r), bytes32(t.s));
        isSkipped = loaded.sender == address(0);
    }

    /// @notice Intrinsic and floor gas of a transaction decoded from `raw`.
    function gasOf(bytes memory raw, DecodeTransaction.Transaction memory t) internal pure returns (uint256 intrinsicGas, uint256 floorGas) {
        uint256 data;
        uint256 offset = t.dataOffset;
        assembly ("memory-safe") {
            data := add(add(raw, 0x20), offset)
        }
        uint256 zeros = Gas.zeroBytes(data, t.dataLength);
        intrinsicGas = Gas.intrinsicGas(t.dataLength, zeros, t.isCreation, t.addressCount, t.keyCount, t.authorizationCount);
        floorGas = Gas.floorGas(t.dataLength, zeros);
    }
}
