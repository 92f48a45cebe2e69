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

package io.github.imspring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.imspring.autoconfigure.ImAutoConfiguration;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.QuotaMode;
import io.github.imspring.emulator.UserPolicy;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Runs a test of an application, a {@code @SpringBootTest} or a slice of it, against an
 * {@link ImEmulator} instead of the service. A slice has the client's beans, too.
 * <p>
 * One emulator is started for each application context of the tests, on a free port, and
 * stopped when the context closes. All accounts of the application call it, whatever is
 * configured for them: the one directly under {@code im} calls the emulator's default
 * app, and each of those under {@code im.accounts} an {@linkplain ImEmulator#app(String)
 * app} of the account's name, so that a test can tell which of them was called. The
 * emulator is {@linkplain ImEmulator#reset() reset} after each test method. It is a bean,
 * and any test method may have it as a parameter:
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;AutoConfigureImEmulator
 * class GreeterTests {
 *
 *     &#064;Autowired
 *     private Greeter greeter;
 *
 *     &#064;Test
 *     void welcomesNewcomers(ImEmulator emulator) {
 *         this.greeter.welcome("user2").block();
 *         assertThat(emulator.deliveriesTo("user2")).hasSize(1);
 *     }
 *
 * }
 * </pre>
 * <p>
 * What the application's own client knows is not reset: its token, and a pause after the
 * service refused a call for its rate, which lasts a second or, for messages, five.
 * <p>
 * The emulator comes with this module, the one dependency of scope {@code test} beside
 * {@code spring-boot-starter-test}. An {@link ImEmulator} bean of the application's own
 * is used instead of another one, and the attributes of this annotation then do nothing.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration({ ImEmulatorAutoConfiguration.class, ImAutoConfiguration.class })
@PropertyMapping(ImEmulatorAutoConfiguration.PREFIX)
@ExtendWith(ImEmulatorParameterResolver.class)
public @interface AutoConfigureImEmulator {

	/**
	 * Which users exist.
	 * @return the policy, {@link UserPolicy#ANY} by default
	 */
	UserPolicy users() default UserPolicy.ANY;

	/**
	 * How the emulator counts against its quotas.
	 * @return the mode, {@link QuotaMode#SLIDING} by default
	 */
	QuotaMode quota() default QuotaMode.SLIDING;

	/**
	 * Whether the emulator sends callbacks to the application, and asks it before it
	 * delivers what {@linkplain ImEmulator#clients() clients} send. Needs a web server
	 * that listens, as with {@code webEnvironment = RANDOM_PORT}. The secrets of the
	 * accounts are then the emulator's. Callbacks of the accounts under
	 * {@code im.accounts} are sent if they have a {@code callback.path} of their own.
	 * @return {@code true} to send them, {@code false} by default
	 */
	boolean callbacks() default false;

}
