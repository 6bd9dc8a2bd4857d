// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {DecodeTransaction} from "./DecodeTransaction.sol";
import {RlpReader} from "./RlpReader.sol";

/// @title The authorizations of a transaction (EIP-7702), as a chain
/// @notice `H(authorization, chainId, address, nonce, yParity, r, s, rest)`, the first outermost, 0 behind the last.
library AuthChain {
    using RlpReader for RlpReader.Reader;

    /// @param target  Whom the authorization delegates to.
    struct Authorization {
        uint256 chainId;
        uint256 target;
        uint256 nonce;
        uint256 yParity;
        uint256 r;
        uint256 s;
    }

    /// @notice The chain of all authorizations.
    function build(DecodeTransaction.Transaction memory t) internal pure returns (bytes32 chain) {
        unchecked {
            Authorization[] memory list = new Authorization[](t.authorizationCount);
            RlpReader.Reader memory reader = RlpReader.open(t.authorizationBegin, t.authorizationEnd - t.authorizationBegin);
            for (uint256 i = 0; i < list.length; ++i) _read(reader, list[i]);
            for (uint256 i = list.length; i > 0; --i) chain = link(list[i - 1], chain);
        }
    }

    /// @notice One authorization before others.
    function link(Authorization memory authorization, bytes32 rest) internal pure returns (bytes32 chain) {
        bytes32 tag = Tags.AUTHORIZATION;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            mcopy(add(free, 0x20), authorization, 0xc0)
            mstore(add(free, 0xe0), rest)
            chain := keccak256(free, 0x100)
        }
    }

    function _read(RlpReader.Reader memory reader, Authorization memory authorization) private pure {
        uint256 outer = reader.enter();
        authorization.chainId = reader.integer(32);
        authorization.target = reader.fixedBytes(20);
        authorization.nonce = reader.integer(8);
        authorization.yParity = reader.integer(1);
        authorization.r = reader.integer(32);
        authorization.s = reader.integer(32);
        reader.exit(outer);
    }
}
