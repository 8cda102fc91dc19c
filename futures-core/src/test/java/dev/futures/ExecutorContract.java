// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * What every kind of pool has to do.
 */
interface ExecutorContract extends BasicContract, SubmitContract, CapacityContract, CallbackContract, MapContract,
        MapBufferContract, MapOrderContract, MapFailureContract, MapProgressContract, CancelContract, LimitContract,
        ShutdownContract, CloseContract, InitializerContract, PauseContract, StatisticsContract, DeadlockContract,
        QueuePolicyContract, PriorityContract, ResizeContract, ContextContract, ExecutorServiceContract,
        ExecutorServiceShutdownContract, InvokeContract, ReleaseContract, UnobservedFailureContract, ProgressContract,
        MinimumContract, OperationsContract, ListenerContract {

}
