/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imspring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of this library.
 *
 * @since 0.1.0
 */
public enum ImClientObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call to the service, from the moment that it is subscribed to until its result,
	 * waiting and retries included.
	 */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultImClientObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return CallKey.values();
		}

	},

	/**
	 * The time in which a call waits for its grant, if it must; one that is granted at
	 * once is not observed. A call that is repeated may wait several times.
	 */
	WAIT {

		@Override
		public String getName() {
			return "im.client.operations.wait";
		}

		@Override
		public String getContextualName() {
			return "im wait";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return WaitKey.values();
		}

	};

	/**
	 * The keys that every call has.
	 *
	 * @since 0.1.0
	 */
	public enum CallKey implements KeyName {

		/**
		 * The name of the account, or {@code default}.
		 */
		ACCOUNT {

			@Override
			public String asString() {
				return "account";
			}

		},

		/**
		 * The name of the operation, {@code send-message} for example.
		 */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		},

		/**
		 * The name of the {@link CallOutcome}.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/**
		 * The HTTP status, or {@code none}.
		 */
		STATUS {

			@Override
			public String asString() {
				return "status";
			}

		},

		/**
		 * The simple name of the exception, or {@code none}.
		 */
		ERROR {

			@Override
			public String asString() {
				return "error";
			}

		}

	}

	/**
	 * The keys that every wait has.
	 *
	 * @since 0.1.0
	 */
	public enum WaitKey implements KeyName {

		/**
		 * The name of the account, or {@code default}.
		 */
		ACCOUNT {

			@Override
			public String asString() {
				return "account";
			}

		},

		/**
		 * The name of the operation that waits.
		 */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		}

	}

}
