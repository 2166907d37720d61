package dev.trellis.scheduler.step;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.port.CommandBus;
import dev.trellis.scheduler.port.LatticeQueries;
import dev.trellis.scheduler.rollout.GateAnswer;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Everything that can happen to a lattice's loop. None of it says what to do. */
public sealed interface Input {
    record Event(LatticeEvent event, Instant serverTime) implements Input {}

    record EventsCaughtUp() implements Input {}

    record Disconnected() implements Input {}

    record Reconnected() implements Input {}

    record Ponged(LatticeQueries.Pong pong) implements Input {}

    record NobodyAnswers() implements Input {}

    record InventoryAnswer(HostId host, LatticeQueries.Reply<HostInventory> reply)
            implements Input {}

    record LinksAnswer(LatticeQueries.Reply<List<Link>> reply) implements Input {}

    record ConfigAnswer(String name, LatticeQueries.Reply<SortedMap<String, String>> reply)
            implements Input {}

    record CommandAnswer(Command command, CommandBus.Answer answer) implements Input {}

    record AppStored(AppRecord app) implements Input {}

    record AppRemoved(AppName app) implements Input {}

    record OwnedStored(AppName app, Owned owned, long revision) implements Input {}

    /** Our write of an owned record failed; what is stored comes by the watch. */
    record OwnedNotWritten(AppName app) implements Input {}

    record RevisionRead(AppName app, String uid, int n, Optional<Manifest> manifest)
            implements Input {}

    /** Reading a version failed; it is asked for again later. */
    record RevisionUnread(AppName app, String uid, int n) implements Input {}

    /** A rollout record as it is stored now; empty, with revision 0, when it is gone. */
    record RolloutStored(AppName app, Optional<RolloutRecord> rollout, long revision)
            implements Input {}

    /** Our write of a rollout record failed; what is stored comes by the watch. */
    record RolloutNotWritten(AppName app) implements Input {}

    /** Somebody approved a stage; empty: the approval is gone. */
    record ApprovalStored(AppName app, String rollout, int stage, Optional<StageApproval> approval)
            implements Input {}

    record GateAnswered(AppName app, GateAnswer answer) implements Input {}

    record LimitsStored(LatticeLimits limits) implements Input {}

    /** What people ask of a host; empty: nothing any more. */
    record HostMarked(HostId host, Optional<HostMark> mark, long revision) implements Input {}

    /** A person asks that an app's instances be evened out once. */
    record Rebalance(AppName app) implements Input {}

    record StoreCaughtUp() implements Input {}

    /** Somebody wants to know what these configs hold. */
    record ConfigsWanted(Set<String> names) implements Input {}

    record Tick() implements Input {}
}
