package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Stage;
import dev.trellis.manifest.terms.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * Which host belongs to which stage. Once a stage has a host it keeps it, whatever its labels
 * become; a host that is gone leaves, and one that comes is taken in where a stage that takes all
 * matches it.
 */
final class Membership {
    private final Sight sight;
    private final Draft draft;

    Membership(Sight sight) {
        this.sight = sight;
        this.draft = sight.draft;
    }

    /** Lets go of hosts that are gone, and of those that no longer run anything covered. */
    void forget() {
        var covered = new HashSet<Long>();
        sight.seen.hosts().keySet().forEach(host -> covered.add(HostKey.of(host)));
        var live = new HashSet<Long>();
        sight.seen.live().forEach(host -> live.add(HostKey.of(host)));
        for (var entry : new HashMap<>(draft.members()).entrySet()) {
            if (covered.contains(entry.getKey())) {
                continue;
            }
            draft.members().remove(entry.getKey());
            draft.membersChanged();
            var role = entry.getValue().role();
            boolean onCandidate = role == Role.WAVE || role == Role.PROVEN;
            if (!live.contains(entry.getKey()) && onCandidate && draft.inStage()) {
                draft.progress(p -> p.withLost(p.lost() + 1));
                draft.note("HostLost", "a host on the candidate is gone");
            }
        }
    }

    /** A host without a stage joins the first reached stage that takes all and matches it. */
    void join() {
        for (var host : sight.seen.hosts().values()) {
            if (draft.member(host.host()) != null) {
                continue;
            }
            for (int k = 0; k <= draft.stage && k < draft.plan.size(); k++) {
                if (absorbs(k) && draft.plan.get(k).selector().matches(host.labels())) {
                    boolean finished = k < draft.stage || draft.state == StageState.ENTER;
                    draft.put(host.host(), k, finished ? Role.PROVEN : Role.CLAIMED);
                    break;
                }
            }
        }
    }

    /** A share that was taken stays as it was; and nobody passes a stage that was not held. */
    private boolean absorbs(int k) {
        return draft.plan.get(k).upTo().equals(Amount.all())
                && draft.stages.get(k).mark() != StageProgress.Mark.SKIPPED;
    }

    /** Takes hosts into a stage that is entered, or that is still short of hosts. */
    void claim(int k) {
        var stage = draft.plan.get(k);
        var matching = sight.where(h -> stage.selector().matches(h.labels()));
        int have = 0;
        var free = new ArrayList<HostSeen>();
        for (var host : matching) {
            var member = draft.member(host.host());
            if (member == null) {
                free.add(host);
            } else if (member.stage() <= k) {
                have++;
            }
        }
        free.stream()
                .map(HostSeen::host)
                .sorted(HostKey.order(draft.id(), k))
                .limit(Math.max(0, quota(stage, matching.size()) - have))
                .forEach(host -> draft.put(host, k, Role.CLAIMED));
    }

    /** How many of so many matching hosts are on the candidate after a stage. */
    static int quota(Stage stage, int matching) {
        if (matching == 0) {
            return 0;
        }
        return Math.min(matching, Math.max(1, stage.upTo().roundedUp(matching)));
    }

    /** Nobody passes a stage that was not held: its hosts belong to none again. */
    void releaseAll(int k) {
        for (var entry : Map.copyOf(draft.members()).entrySet()) {
            if (entry.getValue().stage() == k) {
                draft.members().remove(entry.getKey());
                draft.membersChanged();
            }
        }
    }
}
