// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspState} from "../../../src/step/OspState.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {F, Picture, Pictures, T} from "./Picture.sol";
import {WorldTest} from "./WorldTest.sol";

/// @dev SLOAD and SSTORE against tries built from all entries; prices and refunds from the tables of EIP-2200 and EIP-3529.
contract StorageTest is WorldTest {
    using Pictures for Picture;
    using NaiveTrie for NaiveTrie.Entry[];

    uint256 internal constant SLOT = 0x1234;

    /// @dev What an SSTORE finds.
    struct Scene {
        NaiveTrie.Entry[] others;
        NaiveTrie.Entry[] original;
        NaiveTrie.Entry[] current;
        NaiveTrie.Entry[] scratch;
    }

    function setUp() public {
        part = new OspState();
    }

    /// @dev EIP-170.
    function test_size() public view {
        assertTrue(address(part).code.length < 24_576);
    }

    function testFuzz_sload(bytes32 seed, uint256 count, uint256 value, bool isWarm) public view {
        Scene memory s = _scene(seed, count % 6, 0, value % 3 == 0 ? 0 : value, isWarm);
        Picture memory p = _picture(s, hex"54", words(3, SLOT), 5_000);
        bytes memory tape = bytes.concat(
            p.opcodeTape(hex"54", 1),
            readTape(s.scratch, warmSlotKey(SELF, SLOT)),
            readTape(withSelf(s.others, s.current), accountKey(SELF)),
            readTape(s.current, slotKey(SLOT))
        );
        Picture memory after_ = p.next(isWarm ? 100 : 2_100, 1, words(value % 3 == 0 ? 0 : value));
        after_.scratchRoot = _warmed(s);
        expectStep(p, tape, after_);
    }

    /// @dev The slot is warmed before the price is known, and stays cold after the halt.
    function test_sload_noGas_halts() public view {
        Scene memory s = _scene("gas", 2, 0, 7, false);
        Picture memory p = _picture(s, hex"54", words(SLOT), 2_099);
        expectStep(p, bytes.concat(p.opcodeTape(hex"54", 1), readTape(s.scratch, warmSlotKey(SELF, SLOT))), p.halted());
    }

    /// @dev Original, current, new word; gas without cold access; change of the refund counter.
    function test_sstore_everyCase() public view {
        int256[5][14] memory table = [
            [int256(0), 0, 0, 100, 0],
            [int256(0), 0, 1, 20_000, 0],
            [int256(0), 1, 0, 100, 19_900],
            [int256(0), 1, 2, 100, 0],
            [int256(0), 1, 1, 100, 0],
            [int256(1), 1, 0, 2_900, 4_800],
            [int256(1), 1, 2, 2_900, 0],
            [int256(1), 1, 1, 100, 0],
            [int256(1), 0, 0, 100, 0],
            [int256(1), 0, 1, 100, -2_000],
            [int256(1), 0, 2, 100, -4_800],
            [int256(1), 2, 0, 100, 4_800],
            [int256(1), 2, 1, 100, 2_800],
            [int256(1), 2, 3, 100, 0]
        ];
        for (uint256 i = 0; i < table.length; ++i) {
            for (uint256 count = 0; count < 4; ++count) {
                _sstore(bytes32(i), count, table[i], false);
                _sstore(bytes32(i), count, table[i], true);
            }
        }
    }

    function test_sstore_stipend_halts() public view {
        Scene memory s = _scene("stipend", 2, 0, 7, true);
        Picture memory p = _picture(s, hex"55", words(7, SLOT), 2_300);
        expectStep(p, p.opcodeTape(hex"55", 2), p.halted());
        p.gas = 2_301;
        Picture memory after_ = p.next(100, 2, none());
        expectStep(p, bytes.concat(p.opcodeTape(hex"55", 2), _read(s), readTape(s.scratch, warmSlotKey(SELF, SLOT))), after_);
    }

    function test_sstore_static_halts() public view {
        Picture memory p = _picture(_scene("static", 2, 0, 7, true), hex"55", words(7, SLOT), 50_000);
        p.f[F.IS_STATIC] = 1;
        expectStep(p, p.opcodeTape(hex"55", 2), p.halted());
    }

    /// @dev All is read before the price is known.
    function test_sstore_noGas_halts() public view {
        Scene memory s = _scene("gas", 2, 0, 0, false);
        Picture memory p = _picture(s, hex"55", words(1, SLOT), 22_099);
        bytes memory tape = bytes.concat(
            p.opcodeTape(hex"55", 2), _read(s), _readOriginal(s), readTape(s.scratch, warmSlotKey(SELF, SLOT))
        );
        expectStep(p, tape, p.halted());
    }

    function _sstore(bytes32 seed, uint256 count, int256[5] memory row, bool isWarm) private view {
        (uint256 original, uint256 current, uint256 value) = (uint256(row[0]), uint256(row[1]), uint256(row[2]));
        Scene memory s = _scene(seed, count, original, current, isWarm);
        Picture memory p = _picture(s, hex"55", words(value, SLOT), 50_000);
        p.t[T.REFUND] = 30_000;
        bytes memory tape = bytes.concat(p.opcodeTape(hex"55", 2), _read(s));
        Picture memory after_ = p.next(uint256(row[3]) + (isWarm ? 0 : 2_100), 2, none());
        if (value != current) {
            tape = bytes.concat(tape, _readOriginal(s));
            after_.t[T.REFUND] = uint256(30_000 + row[4]);
            after_.stateRoot = withSelf(s.others, withSlot(s.current, SLOT, value)).root();
        }
        tape = bytes.concat(tape, readTape(s.scratch, warmSlotKey(SELF, SLOT)));
        if (value != current) tape = bytes.concat(tape, laterWriteTape(s.current, slotKey(SLOT), value));
        after_.scratchRoot = _warmed(s);
        expectStep(p, tape, after_);
    }

    /// @dev Account and slot as they are, on the tape.
    function _read(Scene memory s) private pure returns (bytes memory) {
        return bytes.concat(readTape(withSelf(s.others, s.current), accountKey(SELF)), readTape(s.current, slotKey(SLOT)));
    }

    /// @dev The same when the transaction started.
    function _readOriginal(Scene memory s) private pure returns (bytes memory) {
        return bytes.concat(readTape(withSelf(s.others, s.original), accountKey(SELF)), readTape(s.original, slotKey(SLOT)));
    }

    function _warmed(Scene memory s) private pure returns (bytes32) {
        return s.scratch.write(warmSlotKey(SELF, SLOT), hex"01").root();
    }

    function _scene(bytes32 seed, uint256 count, uint256 original, uint256 current, bool isWarm) private pure returns (Scene memory s) {
        s.others = accounts(seed, count);
        NaiveTrie.Entry[] memory others = slots(seed, count);
        s.original = withSlot(others, SLOT, original);
        s.current = withSlot(others, SLOT, current);
        s.scratch = marks(seed, count);
        if (isWarm) s.scratch = s.scratch.write(warmSlotKey(SELF, SLOT), hex"01");
    }

    function _picture(Scene memory s, bytes memory code, uint256[] memory stack, uint256 gas) private pure returns (Picture memory p) {
        p = Pictures.running(code, stack, gas);
        p.stateRoot = withSelf(s.others, s.current).root();
        p.scratchRoot = s.scratch.root();
        p.t[T.START_STATE] = uint256(withSelf(s.others, s.original).root());
    }
}
