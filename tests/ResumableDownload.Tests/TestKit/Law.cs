using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace ResumableDownload.Tests.TestKit;

/// <summary>Checks a law with many cases, the same ones each time: a red test must be red again.</summary>
internal static class Law
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20260101, 17), FSharpOption<int>.None)))
        .WithMaxTest(2000);

    public static void Holds<T>(Gen<T> cases, Action<T> law, int count = 2000) =>
        Check.One(Fixed.WithMaxTest(count), Prop.ForAll(cases.ToArbitrary(), law));

    /// <summary>Pairs (start, length) of runs within a small file.</summary>
    public static Gen<(int Start, int Length)[]> Runs(int size) =>
        Gen.Choose(0, size).SelectMany(start => Gen.Choose(0, size - start).Select(length => (start, Math.Min(length, 12)))).ArrayOf();

    /// <summary>A number, by which a case makes its own random choices.</summary>
    public static Gen<int> Seed => Gen.Choose(0, int.MaxValue - 1);
}
