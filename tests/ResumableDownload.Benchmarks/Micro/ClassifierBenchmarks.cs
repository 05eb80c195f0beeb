using BenchmarkDotNet.Attributes;
using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class ClassifierBenchmarks
{
    private static readonly Validator Tag = new() { EntityTag = "\"v1\"" };

    private readonly Question _asked = new(
        RangeRequest.Part(40, null, new RequestCondition(RequestCondition.IfRange, "\"v1\"")),
        new Checkpoint(new Representation(Tag, DateTimeOffset.UnixEpoch, 100, null), OriginTraits.None, ByteRangeSet.Empty.Add(new ByteRange(0, 40))),
        new AnswerLimits(null, null, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)));

    private readonly ResponseFacts _answer = new() { Status = 206, EntityTag = "\"v1\"", ContentRange = ["bytes 40-99/100"], ContentLength = 60 };

    [Benchmark(Description = "Judge a 206")]
    public object Judge() => ResponseClassifier.Classify(_asked, _answer);
}
