// Numbers and states as people read them.

const units = ["B", "KiB", "MiB", "GiB", "TiB"];

export function bytes(count) {
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit++;
  }
  return `${count.toFixed(unit === 0 || count >= 100 ? 0 : 1)} ${units[unit]}`;
}

export const rate = perSecond => `${bytes(perSecond)}/s`;

export function time(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.round(whole / 60)} min`;
  const hours = Math.floor(whole / 3600);
  return hours < 48 ? `${hours} h ${Math.round((whole % 3600) / 60)} min` : `${Math.round(hours / 24)} days`;
}

export const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

// Which of the three tabs a state belongs to.
export const groupOf = state => state === "Failed" ? "failed" : state === "Completed" || state === "Cancelled" ? "ended" : "active";

export const shareOf = row => row.state === "Completed" ? 1 : row.total ? Math.min(1, row.received / row.total) : 0;

export function state(row) {
  switch (row.state) {
    case "Queued": return "Waits for its turn";
    case "WaitingForNetwork": return "Waits for a network";
    case "WaitingToRetry": return "Tries again soon";
    case "Paused": return "Paused";
    case "Completed": return "Whole";
    case "Failed": return "Failed";
    case "Cancelled": return "Given up";
    default:
      if (row.verified != null) return "Proves the file";
      return row.bytesPerSecond > 0 ? rate(row.bytesPerSecond) : "Begins";
  }
}

function amount(row) {
  if (row.state === "Completed") return bytes(row.received);
  const isStill = row.state === "Paused" || row.state === "Failed";
  if (row.received === 0 && (isStill || row.total == null)) return "";
  return `${bytes(row.received)}${row.total != null ? ` of ${bytes(row.total)}` : ""}${isStill ? " kept" : ""}`;
}

export function figures(row) {
  const isRunning = row.state === "Running";
  return [
    amount(row),
    isRunning && row.secondsLeft != null ? `${time(row.secondsLeft)} left` : "",
    isRunning && row.connections > 0 ? many(row.connections, "connection") : "",
    row.keptFromBefore > 0 && row.state !== "Failed" && row.state !== "Paused" ? `${bytes(row.keptFromBefore)} kept from before` : "",
    row.startedOver > 0 ? `started over${row.startedOver > 1 ? ` ${row.startedOver} times` : ""}, the file had changed` : "",
    row.provedBy.length > 0 ? `proved by ${row.provedBy.join(", ")}` : "",
  ].filter(part => part).join("  ·  ");
}

// What happened, for those who do not see it.
export function news(row) {
  switch (row.state) {
    case "Completed": return `${row.name} is whole.`;
    case "Failed": return `${row.name} failed.`;
    case "Paused": return `${row.name} is paused.`;
    case "Cancelled": return `${row.name} was given up.`;
    default: return "";
  }
}
