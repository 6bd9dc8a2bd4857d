// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BaseFeeVault} from "../../src/l2/BaseFeeVault.sol";
import {FeeVault} from "../../src/l2/FeeVault.sol";
import {L2ToL1MessagePasser} from "../../src/l2/L2ToL1MessagePasser.sol";
import {SequencerFeeVault} from "../../src/l2/SequencerFeeVault.sol";
import {Predeploys} from "../../src/libraries/Predeploys.sol";
import {Test} from "../utils/Test.sol";

/// @dev The tests that every vault passes, with genesis storage as contracts/src/l2/README.md gives it.
abstract contract FeeVaultTest is Test {
    address internal constant RECIPIENT = address(0xfee);
    uint256 internal constant MINIMUM = 1 ether;

    FeeVault internal vault;

    function _place(address where, bytes memory code) internal {
        vm.etch(where, code);
        vm.etch(Predeploys.L2_TO_L1_MESSAGE_PASSER, address(new L2ToL1MessagePasser()).code);
        vault = FeeVault(payable(where));
        vm.store(where, bytes32(uint256(1)), bytes32(MINIMUM));
        vm.store(where, bytes32(uint256(2)), bytes32(uint256(uint160(RECIPIENT))));
    }

    function test_genesisStorage_readsBack_works() public view {
        assertEq(vault.minWithdrawalAmount(), MINIMUM);
        assertEq(vault.MIN_WITHDRAWAL_AMOUNT(), MINIMUM);
        assertEq(vault.recipient(), RECIPIENT);
        assertEq(vault.RECIPIENT(), RECIPIENT);
        assertEq(vault.WITHDRAWAL_NETWORK(), 0);
    }

    function testFuzz_withdraw_sendsAllToL1_succeeds(uint128 extra) public {
        uint256 amount = MINIMUM + extra;
        vm.deal(address(vault), amount);
        uint256 nonce = uint256(1) << 240;
        bytes32 withdrawalHash = keccak256(abi.encode(nonce, address(vault), RECIPIENT, amount, uint256(400_000), bytes("")));
        vm.expectEmit(address(vault));
        emit FeeVault.Withdrawal(amount, RECIPIENT, address(this));
        assertEq(vault.withdraw(), amount);
        L2ToL1MessagePasser passer = L2ToL1MessagePasser(payable(Predeploys.L2_TO_L1_MESSAGE_PASSER));
        assertTrue(passer.sentMessages(withdrawalHash), "message");
        assertEq(address(vault).balance, 0);
        assertEq(address(passer).balance, amount);
        assertEq(vault.totalProcessed(), amount);
        assertEq(vm.load(address(vault), bytes32(uint256(0))), bytes32(amount), "slot 0");
    }

    function test_withdraw_belowMinimum_reverts() public {
        vm.deal(address(vault), MINIMUM - 1);
        vm.expectRevert(abi.encodeWithSelector(FeeVault.BelowMinimum.selector, MINIMUM - 1, MINIMUM));
        vault.withdraw();
    }

    function test_withdraw_noRecipient_reverts() public {
        vm.deal(address(vault), MINIMUM);
        vm.store(address(vault), bytes32(uint256(2)), 0);
        vm.expectRevert(FeeVault.NoRecipient.selector);
        vault.withdraw();
    }

    function test_receive_addsToFees_succeeds() public {
        vm.deal(address(this), 1);
        (bool success,) = address(vault).call{value: 1}("");
        assertTrue(success, "received");
        assertEq(address(vault).balance, 1);
    }
}

contract SequencerFeeVaultTest is FeeVaultTest {
    function setUp() public {
        _place(Predeploys.SEQUENCER_FEE_VAULT, address(new SequencerFeeVault()).code);
    }

    function test_l1FeeWallet_isTheRecipient_works() public view {
        assertEq(SequencerFeeVault(payable(address(vault))).l1FeeWallet(), RECIPIENT);
    }
}

contract BaseFeeVaultTest is FeeVaultTest {
    function setUp() public {
        _place(Predeploys.BASE_FEE_VAULT, address(new BaseFeeVault()).code);
    }
}
