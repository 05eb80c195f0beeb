using System.Text;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Lines that are appended before the call returns, and what one that fails leaves.</summary>
public sealed class ProvedFileTests : IDisposable
{
    private const string Name = "/volume/lines";
    private const string Generation = "0123";

    private readonly SimulatedDisk _disk = new(new FakeTimeProvider());
    private readonly ProvedFile _file;

    public ProvedFileTests() => _file = ProvedFile.Create(_disk, Name, Generation);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Each_line_follows_the_one_before()
    {
        Append("{\"a\":1}");
        Append("{\"b\":2}");
        AssertHolds("{\"a\":1", "{\"b\":2");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1000)]
    public void A_line_that_could_not_be_appended_leaves_no_trace(int torn)
    {
        Append("{\"a\":1}");
        _disk.Before = call => _ = call.Operation == DiskOperation.Write ? throw DiskError.Full(torn) : 0;

        Assert.Throws<DiskError>(() => Append("{\"b\":2}"));

        AssertHolds("{\"a\":1");
        _disk.Before = null;
        Append("{\"c\":3}");
        AssertHolds("{\"a\":1", "{\"c\":3");
    }

    [Fact]
    public void A_line_that_could_not_be_cut_off_again_is_cut_off_by_the_next()
    {
        Append("{\"a\":1}");
        _disk.Before = static call => throw (call.Operation == DiskOperation.Write ? DiskError.Full(torn: 1000) : DiskError.Broken());
        Assert.Throws<DiskError>(() => Append("{\"what\":\"is longer than the next\"}"));
        Assert.True(_file.IsTorn);
        _disk.Before = null;

        Append("{\"b\":2}");

        Assert.False(_file.IsTorn);
        AssertHolds("{\"a\":1", "{\"b\":2");
    }

    private void Append(string json) => _file.Append(ProvedFile.LineOf(Encoding.UTF8.GetBytes(json)));

    /// <summary>The file has these lines and nothing else.</summary>
    private void AssertHolds(params string[] lines)
    {
        List<string> held = [];
        var bytes = _disk.Bytes(Name)!;
        var end = ProvedLines.Walk(bytes, new JournalPosition(0, JournalLine.Seed(Generation)), (content, _) =>
        {
            held.Add(Encoding.UTF8.GetString(content));
            return true;
        });
        Assert.Equal(lines, held);
        Assert.Equal((bytes.Length, _file.End), ((int)end.Offset, end));
    }
}
