// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * What every kind of pool has to do.
 */
interface ExecutorContract extends SubmitContract, CapacityContract, CallbackContract, MapContract, CancelContract,
        LimitContract, ShutdownContract, CloseContract, InitializerContract, PauseContract, StatisticsContract,
        ExecutorServiceContract, InvokeContract, ReleaseContract {

}
