// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {Sizes} from "../Sizes.sol";
import {Hasher} from "../hasher/Hasher.sol";
import {Halt} from "../osp-call/Halt.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Stack} from "../state/Stack.sol";
import {Tape} from "../state/Tape.sol";

/// @title KECCAK256
/// @notice Twin of shared/machine/src/step/osp-mem/keccak.ts.
library Keccak {
    using Stack for Machine;

    /// @notice 30 gas and 6 for each word.
    function keccak(Machine memory m) internal pure {
        uint256 offset = m.pop();
        uint256 length = m.pop();
        if (length >= 2 ** 32 || !Memory.charge(m, 6 * ((length + 31) / 32))) return Halt.halt(m);
        if (!Memory.expand(m, offset, length)) return Halt.halt(m);
        if (length <= Sizes.KECCAK_DIRECT) return m.push(uint256(keccak256(Memory.readMemory(m, offset, length))));
        SectionWords.clearX(m);
        m.x.op = MicroOp.KEC_ABSORB;
        _setSource(m, Memory.memorySlice(m, offset, length));
        m.x.hasher = Hasher.hash(Hasher.fresh());
    }

    /// @notice Takes in 32 blocks.
    function kecAbsorb(Machine memory m) internal pure {
        uint256[31] memory words = _takeHasher(m);
        ByteSlice memory source = ByteSlice(m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength);
        Hasher.absorb(words, Bytes.readBytes(m, source, 0, Bytes.min(source.length, Sizes.KECCAK_ABSORBED)));
        m.x.hasher = Hasher.hash(words);
        _setSource(m, Bytes.skip(source, Sizes.KECCAK_ABSORBED));
        if (m.x.sourceLength == 0) m.x.op = MicroOp.KEC_END;
    }

    /// @notice Pads, and pushes the hash.
    function kecEnd(Machine memory m) internal pure {
        m.push(uint256(Hasher.finish(_takeHasher(m))));
        SectionWords.clearX(m);
    }

    /// @dev The hasher that X holds the hash of, from the tape.
    function _takeHasher(Machine memory m) private pure returns (uint256[31] memory words) {
        uint256 begin;
        assembly ("memory-safe") {
            begin := words
        }
        Tape.takeWords(m.tape, begin, words.length);
        Tape.check(m.x.hasher, Hasher.hash(words));
    }

    function _setSource(Machine memory m, ByteSlice memory source) private pure {
        m.x.sourceRoot = source.root;
        m.x.sourceOffset = source.offset;
        m.x.sourceLength = source.length;
    }
}
