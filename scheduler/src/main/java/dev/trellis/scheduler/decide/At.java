package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;

/** A workload on a host: what one command acts on. */
public record At(HostId host, WorkloadId id) {}
