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

package io.github.imspring.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import io.github.imspring.message.MessageOperations;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Starts a web server, with a bean that sends messages if there is an IM client, prints
 * whether there is one, how much processor time was taken and how many classes were
 * loaded, and ends.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class TinyApplication {

	/**
	 * Runs the application.
	 * @param arguments the arguments of the application
	 */
	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = SpringApplication.run(TinyApplication.class, arguments)) {
			Duration processorTime = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
			System.out.printf("started %b %d %d%n", context.containsBean("imClient"), processorTime.toMillis(),
					ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
		}
	}

	/**
	 * What most applications that have the starter do with it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MessageOperations.class)
	static class Messaging {

		@Bean
		Notifications notifications(MessageOperations messages) {
			return new Notifications(messages);
		}

	}

	/**
	 * A bean of the application that sends messages.
	 *
	 * @param messages sends them
	 */
	record Notifications(MessageOperations messages) {
	}

}
