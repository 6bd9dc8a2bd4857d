// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {ByteSlice} from "../state/Sections.sol";
import {WordTree} from "../state/WordTree.sol";
import {Finish} from "./Finish.sol";
import {IdentityChunk} from "./IdentityChunk.sol";
import {PrecompilePrice} from "./PrecompilePrice.sol";
import {RunPrecompile} from "./RunPrecompile.sol";

/// @title The call of a precompile
/// @notice Twin of shared/machine/src/step/osp-precompile/precompile.ts.
library Precompile {
    /// @notice Runs the precompile that X calls, identity chunk by chunk. Its failure takes the gas and undoes the transfer of value.
    /// The whole input is on the tape, unless it is identity's or too long to matter.
    function precompile(Machine memory m) internal view {
        uint256 target = uint160(m.x.codeAddress);
        uint256 length = m.x.sourceLength;
        if (target == PrecompilePrice.IDENTITY) {
            _identity(m, length);
            return;
        }
        if (length > PrecompilePrice.MAX_PRECOMPILE_INPUT) {
            Finish.failPrecompile(m);
            return;
        }
        bytes memory input = Bytes.readBytes(m, ByteSlice(m.x.sourceRoot, m.x.sourceOffset, length), 0, length);
        uint256 price = PrecompilePrice.precompilePrice(target, input);
        if (price > m.x.gas) {
            Finish.failPrecompile(m);
            return;
        }
        (bool success, bytes memory output) = RunPrecompile.runPrecompile(target, input, price);
        if (success) Finish.finishPrecompile(m, _outputSlice(output), m.x.gas - price);
        else Finish.failPrecompile(m);
    }

    function _identity(Machine memory m, uint256 length) private pure {
        uint256 price = PrecompilePrice.identityPrice(length);
        if (price > m.x.gas) Finish.failPrecompile(m);
        else if (length == 0) Finish.finishPrecompile(m, Bytes.none(), m.x.gas - price);
        else IdentityChunk.startIdentity(m, m.x.gas - price);
    }

    /// @dev Output is the whole of a word tree of its own.
    function _outputSlice(bytes memory output) private pure returns (ByteSlice memory) {
        return output.length == 0 ? Bytes.none() : ByteSlice(WordTree.rootOfBytes(output), 0, output.length);
    }
}
