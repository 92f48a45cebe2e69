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

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts a web server, prints whether there is an IM client, how much processor time was
 * taken and how many classes were loaded, and ends.
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

}
