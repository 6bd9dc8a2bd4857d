// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Prices of multi-scalar multiplication on BLS12-381 (EIP-2537)
/// @notice Twin of shared/machine/src/step/osp-precompile/bls12-price.ts.
library Bls12Price {
    /// @dev Discounts by number of pairs, 1 to 128, in thousandths: two bytes each.
    bytes private constant G1_DISCOUNTS =
        hex"03e803b50350031d02fc02ee02e202d802cf02c802c102ba02b402af02aa02a502a1029d029902950292028e028b0288028502820280027d027b027802760273"
        hex"0271026f026d026b026902670265026302610260025e025c025b0259025702560254025302510250024f024d024c024a02490248024602450244024302410240"
        hex"023f023e023d023c023a0239023802370236023502340233023202310230022f022e022d022c022b022a02290228022702260225022402230223022202210220"
        hex"021f021e021d021c021c021b021a0219021802180217021602150214021402130212021102100210020f020e020d020d020c020b020a020a0209020802080207";
    bytes private constant G2_DISCOUNTS =
        hex"03e803e8039b037403570340032c031c030e030202f702ed02e402dc02d402cd02c702c002bb02b502b002ab02a702a2029e029a02970293028f028c02890286"
        hex"02830280027d027a0278027502730270026e026c026a0267026502630261025f025e025c025a025802560255025302510250024e024d024b024a024802470246"
        hex"0244024302420240023f023e023d023b023a023902380237023602350233023202310230022f022e022d022c022b022a02290228022802270226022502240223"
        hex"0222022102210220021f021e021d021d021c021b021a021902190218021702170216021502140214021302120212021102100210020f020e020e020d020c020c";

    /// @notice Gas of a multi-scalar multiplication in G1 of `pairs` pairs.
    function g1MsmPrice(uint256 pairs) internal pure returns (uint256) {
        return _msmPrice(pairs, 12_000, G1_DISCOUNTS);
    }

    /// @notice As `g1MsmPrice`, in G2.
    function g2MsmPrice(uint256 pairs) internal pure returns (uint256) {
        return _msmPrice(pairs, 22_500, G2_DISCOUNTS);
    }

    function _msmPrice(uint256 pairs, uint256 single, bytes memory discounts) private pure returns (uint256) {
        if (pairs == 0) return 0;
        uint256 discount;
        uint256 last = discounts.length / 2;
        uint256 index = pairs < last ? pairs : last;
        assembly ("memory-safe") {
            discount := and(mload(add(discounts, mul(2, index))), 0xffff)
        }
        return (pairs * single * discount) / 1_000;
    }
}
