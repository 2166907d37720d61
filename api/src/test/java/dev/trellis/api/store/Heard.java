package dev.trellis.api.store;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageApproval;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.HostMark;
import dev.trellis.scheduler.wanted.LatticeLimits;
import dev.trellis.scheduler.wanted.Owned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a watch tells. */
final class Heard implements WantedStore.Watcher {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void app(AppRecord app) {
        lines.add("app " + app.name() + " " + app.latest().version());
    }

    @Override
    public void appRemoved(LatticeName lattice, AppName app) {
        lines.add("removed " + app);
    }

    @Override
    public void owned(LatticeName lattice, AppName app, Owned owned, long revision) {
        lines.add("owned " + app + " " + owned.components() + (revision == 0 ? " gone" : ""));
    }

    @Override
    public void rollout(
            LatticeName lattice, AppName app, Optional<RolloutRecord> rollout, long revision) {
        lines.add("rollout " + app + rollout.map(r -> " " + r.phase().word()).orElse(" gone"));
    }

    @Override
    public void approval(
            LatticeName lattice,
            AppName app,
            String rollout,
            int stage,
            Optional<StageApproval> approval) {
        lines.add("approval " + rollout + " " + stage);
    }

    @Override
    public void limits(LatticeName lattice, LatticeLimits limits) {
        lines.add("hold " + lattice + " " + limits.hold().map(AppRecord.Hold::by).orElse("-"));
    }

    @Override
    public void hostMark(LatticeName lattice, HostId host, Optional<HostMark> mark, long revision) {
        lines.add("mark " + host + " " + mark.map(m -> m.cordoned().by()).orElse("-"));
    }

    @Override
    public void caughtUp() {
        lines.add("caught up");
    }
}
