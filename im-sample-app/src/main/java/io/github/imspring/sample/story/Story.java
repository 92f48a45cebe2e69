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

package io.github.imspring.sample.story;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.imspring.chatroom.Affiliation;
import io.github.imspring.chatroom.Chatroom;
import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.ChatroomSummary;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.user.Registration;
import io.github.imspring.user.UserOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The story of a livestream, from the opening of its room to the closing. It registers
 * the users {@code anna}, {@code ben}, {@code cleo} and {@code dora} where the service
 * does not know them.
 */
@Service
class Story {

	private final UserOperations users;

	private final ChatroomOperations rooms;

	private final ChatroomMemberOperations members;

	private final ChatroomMetadataOperations metadata;

	private final MessageOperations messages;

	Story(UserOperations users, ChatroomOperations rooms, ChatroomMemberOperations members,
			ChatroomMetadataOperations metadata, MessageOperations messages) {
		this.users = users;
		this.rooms = rooms;
		this.members = members;
		this.metadata = metadata;
		this.messages = messages;
	}

	/**
	 * Tells the story.
	 * @param out where to
	 * @return whether every step had the result that it should have
	 */
	boolean tell(PrintStream out) {
		Narrator narrator = new Narrator(out);
		try {
			register(narrator);
			String room = open(narrator);
			announce(narrator, room);
			decorate(narrator, room);
			greet(narrator, room);
			watch(narrator, room);
			handOver(narrator, room);
			close(narrator, room);
			out.printf("%nThe end.%n");
			return true;
		}
		catch (ImException | UnexpectedTurnException ex) {
			narrator.result("not as told: " + ex.getMessage());
			out.printf("%nThis is not how the story goes.%n");
			return false;
		}
	}

	private void register(Narrator narrator) {
		narrator.step("anna, ben and cleo register, unless they did before",
				Flux.just("anna", "ben", "cleo").concatMap(this.users::ensure).collectList(),
				(registrations) -> registrations.stream().allMatch(Registration::isThere),
				(registrations) -> "registered: "
						+ registrations.stream().map(Registration::username).collect(Collectors.joining(", ")));
	}

	private String open(Narrator narrator) {
		NewChatroom room = NewChatroom.named("Unplugged")
			.description("Songs by candlelight")
			.owner("anna")
			.members("ben", "cleo")
			.maxUsers(100)
			.build();
		return narrator.step("anna opens the room 'Unplugged' and takes ben and cleo in", this.rooms.create(room),
				(id) -> !id.isEmpty(), (id) -> "room " + id);
	}

	private void announce(Narrator narrator, String room) {
		String announcement = "We start at eight. Requests are welcome.";
		narrator.step("anna announces the show",
				this.metadata.setAnnouncement(room, announcement).then(this.metadata.getAnnouncement(room)),
				announcement::equals, (text) -> "the room reads: " + text);
	}

	private void decorate(Narrator narrator, String room) {
		narrator.step("anna sets the attributes 'topic' and 'mood'",
				this.metadata.setAttributes(room, "anna", Map.of("topic", "ballads", "mood", "calm")),
				BatchResult::complete, Story::describe);
		narrator.step("ben sets 'song' and tries to overwrite anna's 'topic'",
				this.metadata.setAttributes(room, "ben", Map.of("song", "Blackbird", "topic", "rock")),
				(result) -> result.succeeded().equals(List.of("song")) && result.errors().containsKey("topic"),
				Story::describe);
		narrator.step("ben sets 'topic' by force",
				this.metadata.forceSetAttributes(room, "ben", Map.of("topic", "rock")), BatchResult::complete,
				Story::describe);
		narrator.step("cleo looks at the attributes", this.metadata.getAttributes(room),
				Map.of("topic", "rock", "mood", "calm", "song", "Blackbird")::equals,
				(attributes) -> new TreeMap<>(attributes).toString());
	}

	private void greet(Narrator narrator, String room) {
		Message welcome = Message.text("Welcome to Unplugged!").from("anna").build();
		narrator.step("anna sends a message to whoever else is in the room",
				this.rooms.get(room)
					.map((details) -> others(details, "anna"))
					.flatMap((users) -> this.messages.send(welcome.withRecipients(users))),
				(sent) -> sent.messageIds().keySet().equals(Set.of("ben", "cleo")),
				(sent) -> "message ids: " + sent.messageIds());
	}

	private void watch(Narrator narrator, String room) {
		narrator.step("dora registers and gets a token for her client",
				this.users.ensure("dora").then(this.users.token("dora")), (token) -> !token.value().isEmpty(),
				(token) -> "a token for " + token.username() + ", which nobody else sees");
		narrator.step("dora joins the room", this.members.add(room, "dora").then(names(room)),
				Set.of("anna", "ben", "cleo", "dora")::equals, (names) -> "in the room: " + names);
		narrator.step("dora speaks", this.messages.send(Message.text("First!").from("dora").toChatrooms(room).build()),
				(sent) -> sent.messageIds().containsKey(room), (sent) -> "message id: " + sent.messageIds().get(room));
		narrator.step("anna mutes dora for five minutes",
				this.members.mute(room, "dora", Duration.ofMinutes(5)).then(this.members.muted(room)),
				(muted) -> muted.size() == 1, (muted) -> "muted: " + muted.get(0).username());
		narrator.step("anna removes dora", this.members.remove(room, "dora").then(names(room)),
				Set.of("anna", "ben", "cleo")::equals, (names) -> "in the room: " + names);
	}

	private Mono<Set<String>> names(String room) {
		return this.members.listAll(room).map(Affiliation::username).collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> others(Chatroom room, String user) {
		return room.affiliations()
			.stream()
			.map(Affiliation::username)
			.filter((member) -> !member.equals(user))
			.toList();
	}

	private void handOver(Narrator narrator, String room) {
		narrator.step("anna hands the room over to ben", this.rooms.transfer(room, "ben").then(this.rooms.get(room)),
				(details) -> "ben".equals(details.owner()), (details) -> "the owner is " + details.owner());
		narrator.step("cleo lists the newest rooms", this.rooms.listAll().take(5).collectList(),
				(newest) -> newest.stream().anyMatch((listed) -> listed.id().equals(room)), Story::describe);
	}

	private void close(Narrator narrator, String room) {
		narrator.step("ben closes the room", this.rooms.delete(room).thenReturn(room), room::equals,
				(id) -> "room " + id + " is closed");
		narrator.step("cleo looks for the room", this.rooms.get(List.of(room)).single(), (lookup) -> !lookup.found(),
				(lookup) -> "room " + lookup.id() + (lookup.found() ? " is still there" : " is gone"));
	}

	private static String describe(List<ChatroomSummary> rooms) {
		return rooms.stream()
			.map((room) -> "'%s' of %s, %s members".formatted(room.name(), room.owner(), room.affiliationsCount()))
			.collect(Collectors.joining("; "));
	}

	private static String describe(BatchResult result) {
		String set = result.succeeded().stream().sorted().collect(Collectors.joining(", ", "set: ", ""));
		String refused = result.errors()
			.entrySet()
			.stream()
			.map((error) -> error.getKey() + " (" + error.getValue().reason() + ")")
			.collect(Collectors.joining(", "));
		return refused.isEmpty() ? set : set + "; refused: " + refused;
	}

}
