using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>Compares what a damaged journal claims with what was claimed when it was written.</summary>
internal static class JournalAssert
{
    /// <summary>It claims exactly this, or, when this is <see langword="null"/>, nothing.</summary>
    public static void Claims(JournalImage? expected, ReadOnlySpan<byte> bytes)
    {
        var reading = JournalFold.Read(bytes);
        if (expected is null)
        {
            Assert.IsNotType<JournalReading.Held>(reading);
            return;
        }

        Same(expected, Assert.IsType<JournalReading.Held>(reading).Image);
    }

    /// <summary>It claims nothing, or what one journal claimed after one of its lines.</summary>
    public static JournalImage? OneOf(ReadOnlySpan<byte> bytes, params RandomJournal[] journals)
    {
        if (JournalFold.Read(bytes) is not JournalReading.Held { Image: var image })
        {
            return null;
        }

        Same(journals.SelectMany(static journal => journal.Claims).First(claim => claim.End == image.End), image);
        return image;
    }

    /// <summary>Damage at one place leaves the claims of the lines before it. (The digits of a proof may change their case without harm.)</summary>
    public static void DamagedAt(int at, RandomJournal journal, ReadOnlySpan<byte> bytes)
    {
        var before = journal.Claims.LastOrDefault(claim => claim.End.Offset <= at);
        var image = OneOf(bytes, journal);
        Assert.True(image?.End == before?.End || image?.End == journal.Claims[^1].End, $"Damage at {at}: {image?.End} instead of {before?.End}");
    }

    public static void Same(JournalImage expected, JournalImage actual)
    {
        Assert.Equal(expected.Header, actual.Header);
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected.Lessons, actual.Lessons);
        Assert.Equal(expected.Target, actual.Target);
        Assert.Equal(expected.Runs, actual.Runs);
        Assert.Equal(expected.Received.Ranges.ToArray(), actual.Received.Ranges.ToArray());
        Assert.Equal(expected.Flushed, actual.Flushed);
        Assert.Equal(expected.End, actual.End);
    }
}
