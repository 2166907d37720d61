package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.wanted.Owned;

/** What a turn asks the shell to do, in this order. Each answer comes back as an {@link Input}. */
public sealed interface Effect {
    record Ping() implements Effect {}

    record AskInventory(HostId host) implements Effect {}

    record AskLinks() implements Effect {}

    record AskConfig(String name) implements Effect {}

    record ReadRevision(AppName app, String uid, int n) implements Effect {}

    /** Compare-and-set of an owned record; {@code expected} is the revision last seen. */
    record WriteOwned(AppName app, Owned owned, long expected) implements Effect {}

    /** {@code reason} is one of a few constant words. */
    record Send(AppName app, Command command, String reason) implements Effect {}

    /** The host was away for so long that what people asked of it is dropped. */
    record DropMark(HostId host, long expected) implements Effect {}

    record NoteGood(AppName app, String uid, int n) implements Effect {}

    record Publish(AppStatus status) implements Effect {}
}
