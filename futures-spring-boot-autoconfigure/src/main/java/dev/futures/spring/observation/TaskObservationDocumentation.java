// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of tasks and their key values.
 */
public enum TaskObservationDocumentation implements ObservationDocumentation {

    /** A task, from its start until its outcome is decided. */
    TASK {

        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultTaskObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinalityKeyNames.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinalityKeyNames.values();
        }

    };

    /** Key values of which there are few. */
    public enum LowCardinalityKeyNames implements KeyName {

        /**
         * The simple name of the class of what the task threw, or its full name if it is
         * anonymous; {@code none} if it threw nothing.
         */
        EXCEPTION {

            @Override
            public String asString() {
                return "exception";
            }

        },

        /**
         * Where the task ran: {@code process} if in another process, otherwise
         * {@code thread}, whatever the kind of the pool. So it is {@code thread} also for
         * a task of a process pool that its caller ran.
         */
        KIND {

            @Override
            public String asString() {
                return "kind";
            }

        },

        /**
         * How the task ended: {@code SUCCESS}, {@code ERROR}, {@code CANCELLED} or
         * {@code TIMEOUT}; {@code UNKNOWN} as long as it runs.
         */
        OUTCOME {

            @Override
            public String asString() {
                return "outcome";
            }

        },

        /** The name of the pool. */
        POOL {

            @Override
            public String asString() {
                return "pool";
            }

        }

    }

    /** Key values of which there are many. */
    public enum HighCardinalityKeyNames implements KeyName {

        /** The process id of the worker, if that is not this JVM. */
        PID {

            @Override
            public String asString() {
                return "process.pid";
            }

        },

        /** The number of the task in its pool. */
        TASK_ID {

            @Override
            public String asString() {
                return "task.id";
            }

        },

        /** The name of the task. */
        TASK_NAME {

            @Override
            public String asString() {
                return "task.name";
            }

        },

        /** The name of the worker. */
        WORKER {

            @Override
            public String asString() {
                return "worker";
            }

        }

    }

}
