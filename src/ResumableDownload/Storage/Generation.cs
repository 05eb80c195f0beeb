using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>The bytes of one representation, and their journal. It owns its writers: before the next generation begins, this one is settled.</summary>
/// <remarks>Any number of segments may write at once. Their bytes go to the disk side by side; what is said of them is said by one at a time.</remarks>
internal sealed class Generation : IDisposable
{
    /// <summary>A journal longer than this, and than twice its compacted form, is compacted.</summary>
    private const long LongJournal = 4 << 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly PartialFileSetup _setup;
    private readonly DiskFile _file;
    private readonly RunLedger _ledger;
    private readonly List<JournalEntry.Trait> _lessons = [];
    private Journal _journal;
    private BackgroundFlush _flush;
    private long _compactAbove = LongJournal;
    private string? _target;

    private Generation(PartialFileSetup setup, DiskFile file, Journal journal, Checkpoint checkpoint)
    {
        (_setup, _file, _journal, _ledger, Checkpoint) = (setup, file, journal, new(journal.Sum), checkpoint);
        _flush = new(file, journal, setup.Time);
    }

    public Checkpoint Checkpoint { get; private set; }

    /// <summary>The flush that is under way.</summary>
    public Task Flushing => _flush.Running;

    /// <summary>Begins a generation: from here on nothing that the partial file held before is claimed.</summary>
    public static async ValueTask<Generation> BeginAsync(PartialFileSetup setup, DiskFile file, Representation representation, string uri, OriginTraits traits, CancellationToken cancellationToken)
    {
        var checkpoint = new Checkpoint(representation, traits, ByteRangeSet.Empty);
        var header = JournalHeader.Of(representation, SumFor(setup, representation), setup.Resource, uri);
        var lessons = Lessons(setup, traits);
        var journal = await Journal.ReplaceAsync(setup.Disk, setup.Paths, header, Preamble(representation.Length, lessons), areFlushed: false, cancellationToken).ConfigureAwait(false);
        try
        {
            if (file.Length > 0)
            {
                file.SetLength(0);
            }

            var generation = new Generation(setup, file, journal, checkpoint);
            generation._lessons.AddRange(lessons);
            return generation;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Takes up a generation that an earlier run left. Claims that were not borne out are written out of the journal.</summary>
    public static async ValueTask<Generation> ResumeAsync(PartialFileSetup setup, DiskFile file, JournalImage image, ResumePoint point, CancellationToken cancellationToken)
    {
        var checkpoint = new Checkpoint(image.Header.Describe(image.Length), image.TraitsAt(setup.Time.GetUtcNow()), point.Received);
        var generation = new Generation(setup, file, Journal.Reopen(setup.Disk, setup.Paths.Journal, image), checkpoint);
        generation._target = CommitRecovery.CommittedTo(setup.Paths, image);
        generation._lessons.AddRange(image.Lessons.Where(lesson => checkpoint.Traits.HasFlag(lesson.Traits)));
        foreach (var run in point.Runs)
        {
            generation._ledger.Add(run);
        }

        try
        {
            if (point.Void > 0)
            {
                await generation.CompactAsync(cancellationToken).ConfigureAwait(false);
            }

            return generation;
        }
        catch
        {
            generation.Dispose();
            throw;
        }
    }

    /// <summary>Writes a run, and then says so in the journal.</summary>
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        EnsureUntouched();
        await _file.WriteAsync(offset, bytes).ConfigureAwait(false);
        var run = new SummedRun(new ByteRange(offset, offset + bytes.Length), _ledger.Kind.Append(0, bytes.Span));

        // Not through the helper below: the hot path makes no closures. No token, for what is written is journaled, whoever cancels meanwhile.
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await NoteReceivedAsync(run, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Notices that something else has shortened the file: a later write would leave a hole of zeros in what is claimed.</summary>
    public void EnsureUntouched()
    {
        // What is claimed is looked at first: between the two looks another segment may make the file longer, and say so.
        var claimed = Checkpoint.Received.End;
        if (_file.Length < claimed)
        {
            throw new IOException("Something else has shortened the partial file.");
        }
    }

    /// <summary>Reads the runs that touch a range again, and writes those that do not hold out of the journal.</summary>
    public async ValueTask<long> ReproveAsync(ByteRange range, CancellationToken cancellationToken)
    {
        var voided = 0L;
        await HoldingGateAsync(async () => voided = await VoidDamagedAsync(range, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return voided;
    }

    /// <summary>Notes the whole length, now that it is known.</summary>
    public ValueTask NoteLengthAsync(long length) => HoldingGateAsync(async () =>
    {
        if (Checkpoint.Representation.Length is null)
        {
            await _journal.AppendAsync(new JournalEntry.Length(length)).ConfigureAwait(false);
            Checkpoint = Checkpoint with { Representation = Checkpoint.Representation with { Length = length } };
        }
    });

    /// <summary>Notes what was learned of the origin.</summary>
    public ValueTask NoteTraitsAsync(OriginTraits traits) => HoldingGateAsync(async () =>
    {
        foreach (var lesson in Lessons(_setup, traits & ~Checkpoint.Traits))
        {
            await _journal.AppendAsync(lesson).ConfigureAwait(false);
            _lessons.Add(lesson);
        }

        if ((traits & ~Checkpoint.Traits).HasFlag(OriginTraits.KeptDiffers))
        {
            // A power cut must not bring back the belief in bytes that were disproved.
            await _journal.FlushAsync().ConfigureAwait(false);
        }

        Checkpoint = Checkpoint with { Traits = Checkpoint.Traits | traits };
    });

    /// <summary>Notes the path that the whole file is about to get, so that a commit that is cut off is recognised.</summary>
    public async ValueTask NoteTargetAsync(string path)
    {
        if (path != (_target ?? _setup.Paths.Destination))
        {
            await _journal.AppendAsync(new JournalEntry.Target(Path.GetFileName(path))).ConfigureAwait(false);
            _target = path;
        }
    }

    /// <summary>The sum of the whole file by combining those of its runs; <see langword="null"/> when they are of another kind, or not all there.</summary>
    public ulong? SumOfAll(SumKind kind) => kind == _journal.Sum && Checkpoint.Representation.Length is { } length ? _ledger.SumOfAll(length) : null;

    /// <summary>Brings everything to stable storage, the journal last, so that even a power cut in mid-commit leaves a proof of the whole.</summary>
    public Task SealAsync() => _flush.SealAsync();

    public void Dispose() => _journal.Dispose();

    private async ValueTask<long> VoidDamagedAsync(ByteRange range, CancellationToken cancellationToken)
    {
        var failed = new List<SummedRun>();
        foreach (var run in _ledger.Runs)
        {
            if (run.Range.Overlaps(range) && !await RunCheck.HoldsAsync(_file, _journal.Sum, run, cancellationToken).ConfigureAwait(false))
            {
                failed.Add(run);
            }
        }

        if (failed.Count > 0)
        {
            _ledger.Remove(failed);
            Checkpoint = Checkpoint with { Received = _ledger.Runs.Aggregate(ByteRangeSet.Empty, static (set, run) => set.Add(run.Range)) };
            await CompactAsync(cancellationToken).ConfigureAwait(false);
        }

        return failed.Sum(static run => run.Range.Length);
    }

    private async ValueTask NoteReceivedAsync(SummedRun run, CancellationToken cancellationToken)
    {
        await _journal.AppendAsync(run).ConfigureAwait(false);
        _ledger.Add(run);
        Checkpoint = Checkpoint with { Received = Checkpoint.Received.Add(run.Range) };
        _flush.Note(run.Range.Length);
        if (_journal.End.Offset > _compactAbove)
        {
            await CompactAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // One that proves the whole file in the end, if the caller or the server told a digest that combines.
    private static SumKind SumFor(PartialFileSetup setup, Representation representation) =>
        setup.PreferredSum ?? representation.Digests.Select(static offered => SumKind.For(offered.Digest.Algorithm)).OfType<SumKind>().FirstOrDefault() ?? SumKind.Crc32C;

    private static IEnumerable<JournalEntry> Preamble(long? length, IEnumerable<JournalEntry> lessons) =>
        length is { } bytes ? lessons.Prepend(new JournalEntry.Length(bytes)) : lessons;

    private static JournalEntry.Trait[] Lessons(PartialFileSetup setup, OriginTraits traits) =>
        [.. OriginTrait.Each(traits).Select(trait => new JournalEntry.Trait(trait, trait == OriginTraits.KeptDiffers ? 0 : setup.Time.GetUtcNow().ToUnixTimeSeconds()))];

    private async ValueTask HoldingGateAsync(Func<ValueTask> action)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // The successor claims only what is on stable storage, so it can say so at once.
    private async ValueTask CompactAsync(CancellationToken cancellationToken)
    {
        await _flush.FlushPartialAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var former = _journal;
        former.Dispose();
        var entries = Preamble(Checkpoint.Representation.Length, _lessons).Concat(_ledger.Runs.Select(static run => new JournalEntry.Received(run)));
        _journal = await Journal.ReplaceAsync(_setup.Disk, _setup.Paths, former.Header, entries, areFlushed: true, cancellationToken).ConfigureAwait(false);
        _flush = new(_file, _journal, _setup.Time);
        _target = null;
        _compactAbove = Math.Max(LongJournal, 2 * _journal.End.Offset);
    }
}
