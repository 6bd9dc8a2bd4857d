// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What an AssertionChain is built with; `configHash` pins all but the vault, the pause and the schedule, and the verifier in force.
/// @param inbox               Ordered input; may be deployed later in the same deployment.
/// @param bondVault           Holds the stakes; it names this chain as its `chain`.
/// @param guardianPause       Stops confirmations while in force.
/// @param disputeManager      Plays the disputes; it names this chain as its `chain`.
/// @param verifierSchedule    Says which step verifier a new dispute pins; its delay is at least A and 7 days unless nobody owns it.
/// @param challengePeriod     A in seconds, 1 to 365 days.
/// @param gracePeriod         Seconds before a decided dispute settles, at most 30 days.
/// @param stake               Wei of a bond, not 0.
/// @param maxBlocks           Most blocks of an assertion, 1 to 4,096.
/// @param maxGas              G_A: an assertion ends once its blocks used that much gas; not 0.
/// @param minAssertionPeriod  Least seconds between an assertion and its first child.
/// @param lane                L2 chain id.
struct AssertionConfig {
    address inbox;
    address bondVault;
    address guardianPause;
    address disputeManager;
    address verifierSchedule;
    uint64 challengePeriod;
    uint64 gracePeriod;
    uint256 stake;
    uint64 maxBlocks;
    uint64 maxGas;
    uint64 minAssertionPeriod;
    uint64 lane;
}
