// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BaseFeeVault} from "../src/l2/BaseFeeVault.sol";
import {GasPriceOracle} from "../src/l2/GasPriceOracle.sol";
import {L1Block} from "../src/l2/L1Block.sol";
import {L2ToL1MessagePasser} from "../src/l2/L2ToL1MessagePasser.sol";
import {SequencerFeeVault} from "../src/l2/SequencerFeeVault.sol";
import {WETH9} from "../src/l2/WETH9.sol";
import {CommitteeRegistry} from "../src/ordering/CommitteeRegistry.sol";
import {LaneRegistry} from "../src/ordering/LaneRegistry.sol";
import {RollupTest} from "./utils/RollupTest.sol";

/// @dev EIP-170 holds for every contract; Deployment.t.sol looks at the Inbox.
contract ContractSizeTest is RollupTest {
    uint256 internal constant LIMIT = 24_576;

    function test_runtimeCode_isBelowEip170_works() public {
        address[13] memory made = [
            address(guardianPause),
            address(vault),
            address(chain),
            address(facade),
            address(portal),
            address(new L1Block()),
            address(new L2ToL1MessagePasser()),
            address(new GasPriceOracle()),
            address(new SequencerFeeVault()),
            address(new BaseFeeVault()),
            address(new WETH9()),
            address(new CommitteeRegistry()),
            address(new LaneRegistry())
        ];
        for (uint256 i = 0; i < made.length; ++i) {
            uint256 size = made[i].code.length;
            assertTrue(size > 0 && size < LIMIT, vm.toString(i));
        }
    }
}
