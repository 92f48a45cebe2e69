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

package io.github.imspring.autoconfigure.callback;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.autoconfigure.ImClientInstrumentation;
import io.github.imspring.autoconfigure.ImInstrumentations;
import io.github.imspring.autoconfigure.ImProperties;
import io.github.imspring.callback.PostDeliveryListener;
import io.github.imspring.callback.PreDeliveryFilter;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the endpoint that the service calls, in a WebFlux or a servlet
 * application. Without a secret there is none.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ImAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "im.enabled", matchIfMissing = true)
@Conditional(OnCallbackSecretCondition.class)
@Import({ WebFluxCallbackConfiguration.class, ServletCallbackConfiguration.class })
public final class ImCallbackAutoConfiguration {

	@Bean
	ImCallbacks imCallbacks(ImProperties properties, ObjectProvider<PostDeliveryListener> listeners,
			ObjectProvider<PreDeliveryFilter> filters, ApplicationEventPublisher eventPublisher,
			ObjectProvider<ImReplayStoreFactory> replayStores, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ImClientInstrumentation> instrumentations) {
		return new CallbackReceiverFactory(listeners, filters, eventPublisher, replayStores, observationRegistry,
				new ImInstrumentations(instrumentations))
			.callbacks(properties);
	}

	@Bean
	CallbackLifecycle imCallbackLifecycle(ImCallbacks callbacks) {
		return new CallbackLifecycle(callbacks);
	}

}
