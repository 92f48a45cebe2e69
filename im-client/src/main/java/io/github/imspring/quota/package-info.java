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

/**
 * The limits of the service, kept: a call waits for its grant and gives the slots back.
 * <dl>
 * <dt>quota</dt>
 * <dd>a limit of the service: so many calls, or messages, in any window of its
 * length.</dd>
 * <dt>slot</dt>
 * <dd>one call, or one message, that a quota has room for in a window. A call holds its
 * slots from its grant on until the service cannot count it in the window any more; the
 * sliding-window log knows when that is.</dd>
 * <dt>grant</dt>
 * <dd>the leave to send one call: it holds the slots of every quota that counts the call,
 * taken in one step.</dd>
 * <dt>lane</dt>
 * <dd>where a call waits for its grant, first come, first served: single calls, which
 * somebody waits for, or bulk, which is paced and keeps some slots free for them.</dd>
 * <dt>not permitted</dt>
 * <dd>refused by the limiter, before the call was sent.</dd>
 * <dt>throttled</dt>
 * <dd>refused by the service, for its rate. A pause and a careful recovery follow.</dd>
 * <dt>lease, heartbeat</dt>
 * <dd>what this instance may hold of a quota that several instances share in a store, and
 * the exchange that renews it.</dd>
 * <dt>fallback share</dt>
 * <dd>{@code limit ÷ instances}: what an instance keeps to while the store does not
 * answer.</dd>
 * <dt>parked</dt>
 * <dd>an instance that has sent nothing for five seconds: it has handed its leases back
 * but for a fiftieth of its fallback share, and renews them every 45 seconds instead of
 * 20 times a second.</dd>
 * </dl>
 */
@NullMarked
package io.github.imspring.quota;

import org.jspecify.annotations.NullMarked;
