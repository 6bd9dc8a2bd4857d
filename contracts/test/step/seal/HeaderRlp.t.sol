// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../../src/libraries/AppendOnlyTree.sol";
import {BaseFee} from "../../../src/step/osp-seal/BaseFee.sol";
import {Begin} from "../../../src/step/osp-seal/Begin.sol";
import {HeaderFields, HeaderRlp} from "../../../src/step/osp-seal/HeaderRlp.sol";
import {SealVectors} from "./SealVectors.sol";

/// @dev Headers and base fees, against what TypeScript gives.
contract HeaderRlpTest is SealVectors {
    function test_encodeHeader_vectors_work() public view {
        bytes[] memory rlp = strings(".headers.rlp");
        bytes[] memory blooms = strings(".headers.bloom");
        assertTrue(rlp.length > 5);
        for (uint256 i = 0; i < rlp.length; ++i) assertEq(HeaderRlp.encodeHeader(_fields(i), blooms[i]), rlp[i]);
    }

    function test_gasOf_vectors_work() public view {
        bytes[] memory rlp = strings(".headers.rlp");
        for (uint256 i = 0; i < rlp.length; ++i) {
            (uint256 gasLimit, uint256 gasUsed, uint256 baseFee) = HeaderRlp.gasOf(rlp[i], 5);
            HeaderFields memory fields = _fields(i);
            assertEq(gasLimit, fields.gasLimit);
            assertEq(gasUsed, fields.gasUsed);
            assertEq(baseFee, fields.baseFee);
        }
    }

    /// @dev The first fifteen fields of a header: one of before EIP-1559.
    function test_gasOf_withoutBaseFee() public view {
        bytes memory rlp = strings(".headers.rlp")[3];
        // Its tail from the base fee on: 0x80 cubed takes four bytes, then come 33 + 2 + 66 bytes.
        uint256 tail = 4 + 33 + 2 + 66;
        bytes memory content = slice(rlp, 3, rlp.length - 3 - tail);
        bytes memory header = abi.encodePacked(uint8(0xf9), uint16(content.length), content);
        (uint256 gasLimit,, uint256 baseFee) = HeaderRlp.gasOf(header, 5);
        assertEq(gasLimit, 30_000_128);
        assertEq(baseFee, 5);
    }

    function test_gasOf_tooShort_reverts() public {
        HeaderRlpTest self = this;
        vm.expectRevert(abi.encodeWithSelector(HeaderRlp.HeaderTooShort.selector, 2));
        self.gasOf(hex"c28080");
    }

    function gasOf(bytes memory header) external pure returns (uint256 gasLimit) {
        (gasLimit,,) = HeaderRlp.gasOf(header, 0);
    }

    function test_nextBaseFee_vectors_work() public view {
        uint256[] memory next = uints(".baseFees.next");
        assertTrue(next.length > 100);
        uint256[] memory limits = uints(".baseFees.gasLimit");
        uint256[] memory used = uints(".baseFees.gasUsed");
        uint256[] memory current = uints(".baseFees.current");
        uint256[] memory elasticity = uints(".baseFees.elasticityMultiplier");
        uint256[] memory denominator = uints(".baseFees.baseFeeChangeDenominator");
        uint256[] memory least = uints(".baseFees.minBaseFee");
        for (uint256 i = 0; i < next.length; ++i) {
            assertEq(BaseFee.nextBaseFee(limits[i], used[i], current[i], elasticity[i], denominator[i], least[i]), next[i]);
        }
    }

    function test_emptyRecords_isZ12() public pure {
        bytes32 zero = 0;
        for (uint256 height = 0; height < 12; ++height) zero = AppendOnlyTree.node(zero, zero);
        assertEq(Begin.EMPTY_RECORDS, zero);
    }

    function _fields(uint256 i) private view returns (HeaderFields memory fields) {
        fields.parentHash = words(".headers.parentHash")[i];
        fields.stateRoot = words(".headers.stateRoot")[i];
        fields.transactionsRoot = words(".headers.transactionsRoot")[i];
        fields.receiptsRoot = words(".headers.receiptsRoot")[i];
        fields.number = uints(".headers.number")[i];
        fields.gasLimit = uints(".headers.gasLimit")[i];
        fields.gasUsed = uints(".headers.gasUsed")[i];
        fields.timestamp = uints(".headers.timestamp")[i];
        fields.prevRandao = words(".headers.prevRandao")[i];
        fields.baseFee = uints(".headers.baseFee")[i];
        fields.withdrawalsRoot = words(".headers.withdrawalsRoot")[i];
        fields.originHash = words(".headers.originHash")[i];
    }
}
