using System.Buffers;
using System.Diagnostics;
using ResumableDownload.Benchmarks.SideBySide.Measuring;

namespace ResumableDownload.Benchmarks.SideBySide.Link;

/// <summary>One direction of a link: packets wait for their turn at the rate, and then for the delay.</summary>
internal sealed class DelayLine
{
    private const int SegmentPayload = 1448;
    private const int SegmentHeaders = 66;
    private const int PacketHeaders = 52;

    private readonly Queue<(long Due, byte[] Frame, int Length)> _queue = [];
    private readonly TunDevice _from;
    private readonly TunDevice _to;
    private readonly LinkTraits _traits;
    private readonly Random? _fate;
    private readonly bool _isPaced;
    private double _free;
    private long _sent;
    private long _lost;
    private long _overflowed;

    /// <summary>Makes a direction.</summary>
    /// <param name="from">Where packets come from.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="traits">The link.</param>
    /// <param name="fate">Decides what is lost; null for the direction that has neither loss nor a rate.</param>
    public DelayLine(TunDevice from, TunDevice to, LinkTraits traits, Random? fate)
    {
        (_from, _to, _traits, _fate, _isPaced) = (from, to, traits, fate, fate is not null);
        new Thread(Take) { IsBackground = true }.Start();
        new Thread(Deliver) { IsBackground = true }.Start();
    }

    /// <summary>Packets that were delivered or wait, that were lost at random, and that found the queue full.</summary>
    public string Counts => $"{Interlocked.Read(ref _sent)} {Interlocked.Read(ref _lost)} {Interlocked.Read(ref _overflowed)}";

    private static double Now => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private void Take()
    {
        while (true)
        {
            var frame = ArrayPool<byte>.Shared.Rent(TunDevice.LongestFrame);
            var length = _from.Read(frame);
            if (Departure(length - TunDevice.HeadLength) is { } departure)
            {
                lock (_queue)
                {
                    _queue.Enqueue(((long)((departure + (_traits.RoundTripMs / 2e3)) * Stopwatch.Frequency), frame, length));
                    Monitor.Pulse(_queue);
                }
            }
            else
            {
                ArrayPool<byte>.Shared.Return(frame);
            }
        }
    }

    /// <summary>When the last byte of a packet has passed the link's entry; null when it is lost.</summary>
    private double? Departure(int length)
    {
        var segments = Math.Max(1, (length - PacketHeaders + SegmentPayload - 1) / SegmentPayload);
        var now = Now;
        if (!_isPaced)
        {
            _sent += segments;
            return now;
        }

        if (_fate!.NextDouble() * 100 < _traits.LossPercent)
        {
            _lost++;
            return null;
        }

        var rate = _traits.Mbit * 1e6 / 8;
        if ((_free - now) * rate > _traits.QueueBytes)
        {
            _overflowed += segments;
            return null;
        }

        _sent += segments;
        var wire = length - PacketHeaders + (segments * SegmentHeaders);
        return _free = Math.Max(now, _free) + (wire / rate);
    }

    private void Deliver()
    {
        LinuxCalls.SleepExactly();
        while (true)
        {
            var (due, frame, length) = Next();
            if (due - Stopwatch.GetTimestamp() is > 0 and var left)
            {
                LinuxCalls.Sleep(TimeSpan.FromSeconds(left / (double)Stopwatch.Frequency));
            }

            _to.Write(frame.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private (long Due, byte[] Frame, int Length) Next()
    {
        lock (_queue)
        {
            while (_queue.Count == 0)
            {
                Monitor.Wait(_queue);
            }

            return _queue.Dequeue();
        }
    }
}
