namespace ResumableDownload.IntegrationTests;

/// <summary>What can happen to a file between the beginning of its download and the end.</summary>
public enum Story
{
    Undisturbed,
    Interrupted,
    InterruptedThrice,
    OverwrittenByTheSameLength,
    Grown,
    Shrunk,
    ShrunkBelowWhatIsKept,
    Replaced,
    ReplacedAfterALittle,
    ReplacedWheneverTheConnectionBreaks,
    RolledBack,
    OverwrittenWhileItComes,
    ShrunkWhileItComes,
    Gone,
    Empty,
    Emptied,
}
