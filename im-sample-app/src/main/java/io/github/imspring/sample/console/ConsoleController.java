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

package io.github.imspring.sample.console;

import java.util.Locale;

import io.github.imspring.autoconfigure.ImConnectionDetails;
import io.github.imspring.emulator.ImEmulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * The pages of the console. They come in the language of the browser; what changes on
 * them is pushed.
 */
@Controller
class ConsoleController {

	private final ConsoleTexts texts;

	private final ImConnectionDetails service;

	private final boolean emulated;

	ConsoleController(ConsoleTexts texts, ImConnectionDetails service, ObjectProvider<ImEmulator> emulator) {
		this.texts = texts;
		this.service = service;
		this.emulated = emulator.getIfAvailable() != null;
	}

	@ModelAttribute
	void describe(Model model, Locale locale) {
		model.addAttribute("texts", this.texts.of(locale));
		model.addAttribute("service", this.service.getBaseUrl());
		model.addAttribute("emulated", this.emulated);
	}

	@GetMapping("/")
	String send() {
		return "send";
	}

	@GetMapping("/rooms")
	String rooms() {
		return "rooms";
	}

	@GetMapping("/watch")
	String watch() {
		return "watch";
	}

}
