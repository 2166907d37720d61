package dev.trellis.scheduler.rollout;

import java.util.Optional;

/** Takes a progressing rollout from stage to stage, as far as it goes without waiting. */
final class Stages {
    private final Sight sight;
    private final Draft draft;
    private final Membership membership;
    private final Gates gates;

    Stages(Sight sight, Membership membership, Gates gates) {
        this.sight = sight;
        this.draft = sight.draft;
        this.membership = membership;
        this.gates = gates;
    }

    /** Each stage is entered, updated, baked and passed at most a few times in one look. */
    void advance() {
        int most = draft.plan.size() * 4 + 4;
        for (int i = 0; i < most && step(); i++) {
            // one transition at a time
        }
    }

    private boolean step() {
        if (draft.phase != RolloutPhase.PROGRESSING || draft.paused) {
            return false;
        }
        return switch (draft.state) {
            case ENTER -> enter();
            case UPDATE -> update();
            case BAKE -> bake();
            case GATE -> gate();
        };
    }

    private boolean enter() {
        int next = draft.stage + 1;
        if (next == draft.plan.size()) {
            draft.stage = next;
            draft.phase = RolloutPhase.SUCCEEDED;
            draft.waits(RolloutPhase.SUCCEEDED.word(), "all stages passed");
            draft.note(RolloutPhase.SUCCEEDED.word(), "all stages passed");
            return false;
        }
        if (sight.denied()) {
            waitForWindow("stage " + draft.plan.get(next).name() + " is not entered");
            return false;
        }
        draft.stage = next;
        draft.state = StageState.UPDATE;
        draft.gateSince = Optional.empty();
        draft.healthy = 0;
        Bake.stand(draft);
        draft.progress(p -> p.marked(StageProgress.Mark.ACTIVE));
        membership.claim(next);
        draft.waits(Reasons.ENTER, "stage " + draft.current().name() + " is entered");
        draft.note(
                "StageEntered",
                "stage " + draft.current().name() + ", " + sight.members(next).size() + " host(s)");
        return true;
    }

    private void waitForWindow(String what) {
        var until = sight.windowEnd().map(end -> " until " + end).orElse("");
        draft.waits(Reasons.WINDOW, "a deny window is open" + until + ": " + what);
    }

    private boolean update() {
        int k = draft.stage;
        var stage = draft.current();
        if (sight.members(k).size() < stage.minHosts()) {
            membership.claim(k);
        }
        int members = sight.members(k).size();
        if (members < stage.minHosts()) {
            return isShort(members);
        }
        if (members == 0) {
            return skip("no host matches it");
        }
        draft.waits(Reasons.UPDATE, "");
        boolean denied = sight.denied();
        if (!denied) {
            new Admission(sight).admit();
        }
        var wave = sight.wave();
        int pending = sight.pending().size();
        draft.message = draft.message.isEmpty() ? updating(wave.size(), pending) : draft.message;
        if (wave.isEmpty()) {
            if (pending > 0) {
                if (denied) {
                    waitForWindow("no host is updated");
                }
                return false;
            }
            return waveIsEmpty();
        }
        boolean allGood = wave.stream().allMatch(h -> h.isGoodOn(HostSeen.On.CANDIDATE));
        boolean full = wave.size() >= sight.waveCap() || denied;
        if (!allGood || (pending > 0 && !full)) {
            return false;
        }
        draft.state = StageState.BAKE;
        Bake.start(draft, sight.now);
        draft.note(
                "WaveBaking",
                "stage "
                        + stage.name()
                        + ", wave "
                        + draft.progress().waves()
                        + ", "
                        + wave.size()
                        + " host(s)");
        return true;
    }

    private String updating(int wave, int pending) {
        long good = sight.wave().stream().filter(h -> h.isGoodOn(HostSeen.On.CANDIDATE)).count();
        return "updating, " + good + "/" + wave + " healthy, " + pending + " to come";
    }

    private boolean isShort(int members) {
        var stage = draft.current();
        var numbers =
                "stage " + stage.name() + " has " + members + " host(s) of " + stage.minHosts();
        switch (stage.onShort()) {
            case FAIL -> Failing.fail(draft, Reasons.STAGE_SHORT, numbers);
            case WAIT -> draft.waits(Reasons.WAITING_FOR_HOSTS, numbers);
            case SKIP -> {
                return skip(numbers);
            }
        }
        return false;
    }

    /** Its hosts belong to no stage then: nobody passes one that was not held. */
    private boolean skip(String why) {
        membership.releaseAll(draft.stage);
        draft.progress(p -> p.marked(StageProgress.Mark.SKIPPED));
        draft.state = StageState.ENTER;
        draft.note("StageSkipped", "stage " + draft.current().name() + ": " + why);
        return true;
    }

    private boolean waveIsEmpty() {
        if (!sight.in(draft.stage, Role.EXCUSED).isEmpty()) {
            Failing.fail(
                    draft,
                    Reasons.NO_HEALTHY_EVIDENCE,
                    "every host of the last wave of stage " + draft.current().name() + " was bad");
            return false;
        }
        if (!sight.in(draft.stage, Role.PROVEN).isEmpty()) {
            return toGate(); // earlier waves have baked, and nothing is left to move
        }
        return skip("all its hosts were lost");
    }

    private boolean toGate() {
        draft.state = StageState.GATE;
        draft.gateSince = Optional.of(sight.now);
        draft.note("GateEntered", "stage " + draft.current().name());
        return true;
    }

    private boolean bake() {
        var wave = sight.wave();
        if (wave.isEmpty()) {
            draft.state = StageState.UPDATE;
            return true;
        }
        boolean good = Bake.observe(draft, wave, sight.now);
        var done = draft.progress().bake();
        var of = draft.current().bakeTime();
        long healthy = wave.stream().filter(h -> h.isGoodOn(HostSeen.On.CANDIDATE)).count();
        draft.waits(
                Reasons.BAKE,
                "baking "
                        + Words.time(done)
                        + "/"
                        + Words.time(of)
                        + ", "
                        + healthy
                        + "/"
                        + wave.size()
                        + " healthy");
        if (gates.failed()) {
            return false;
        }
        boolean over = done.compareTo(of) >= 0 || draft.promotion != Promotion.NONE;
        if (!good || !over) {
            return false;
        }
        if (sight.pending().isEmpty()) {
            return toGate();
        }
        prove();
        endPromotionOfWave();
        draft.state = StageState.UPDATE;
        draft.note("WaveProven", "stage " + draft.current().name());
        return true;
    }

    private boolean gate() {
        var wave = sight.wave();
        boolean earlier = !sight.in(draft.stage, Role.PROVEN).isEmpty();
        if ((wave.isEmpty() && !earlier) || !sight.pending().isEmpty()) {
            draft.state = StageState.UPDATE;
            return true;
        }
        if (wave.stream().anyMatch(h -> !h.isFineOn(HostSeen.On.CANDIDATE))) {
            draft.state = StageState.BAKE;
            Bake.reset(draft);
            draft.waits(Reasons.BAKE, "a host of the wave is not good: baking anew");
            draft.note("BakeReset", "stage " + draft.current().name());
            return false;
        }
        if (wave.stream().anyMatch(h -> !h.isGoodOn(HostSeen.On.CANDIDATE))) {
            draft.waits(Reasons.BAKE, "at the gate, hosts are being verified");
            return false;
        }
        if (gates.failed() || !gates.pass()) {
            return false;
        }
        prove();
        endPromotionOfWave();
        draft.progress(p -> p.marked(StageProgress.Mark.DONE));
        draft.state = StageState.ENTER;
        draft.note("StageDone", "stage " + draft.current().name());
        return true;
    }

    private void prove() {
        for (var host : sight.wave()) {
            draft.put(host.host(), draft.stage, Role.PROVEN);
        }
        draft.healthy = 0;
        Bake.stand(draft);
    }

    private void endPromotionOfWave() {
        if (draft.promotion == Promotion.WAVE) {
            draft.promotion = Promotion.NONE;
        }
    }
}
