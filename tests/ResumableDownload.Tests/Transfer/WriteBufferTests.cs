using System.Runtime.InteropServices;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What was read waits for more, and is written as it was read, where it belongs, and nothing besides.</summary>
public sealed class WriteBufferTests
{
    private const long Offset = 1_000;

    [Fact]
    public void What_was_read_is_to_be_written_where_the_body_began()
    {
        using var buffer = new WriteBuffer(Offset, long.MaxValue);

        Read(buffer, 1, 2, 3);
        Read(buffer, 4);

        Assert.Equal((Offset, Offset + 4, true), (buffer.UnwrittenOffset, buffer.End, buffer.HasUnwritten));
        Assert.Equal([1, 2, 3, 4], buffer.Unwritten.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_is_not_written_again(bool mayRewind)
    {
        using var buffer = new WriteBuffer(Offset, long.MaxValue);
        Read(buffer, 1, 2, 3);

        buffer.MarkWritten(mayRewind);
        Assert.False(buffer.HasUnwritten);
        Read(buffer, 4, 5);

        Assert.Equal((Offset + 3, Offset + 5), (buffer.UnwrittenOffset, buffer.End));
        Assert.Equal([4, 5], buffer.Unwritten.ToArray());
    }

    [Theory]
    [InlineData(Offset + 5, new byte[] { 4, 5 })]
    [InlineData(Offset + 4, new byte[] { 4 })]
    [InlineData(Offset + 3, new byte[0])]
    public void What_lies_behind_the_place_where_another_connection_begins_is_forgotten(long end, byte[] left)
    {
        using var buffer = new WriteBuffer(Offset, long.MaxValue);
        Read(buffer, 1, 2, 3);
        buffer.MarkWritten(mayRewind: false);
        Read(buffer, 4, 5, 6, 7);

        buffer.Cut(end);

        Assert.Equal((Offset + 3, end), (buffer.UnwrittenOffset, buffer.End));
        Assert.Equal(left, buffer.Unwritten.ToArray());
    }

    [Fact]
    public void What_is_dropped_was_never_read()
    {
        using var buffer = new WriteBuffer(Offset, long.MaxValue);
        Read(buffer, 1, 2, 3);
        buffer.MarkWritten(mayRewind: false);
        Read(buffer, 4, 5);

        buffer.Drop();
        Assert.Equal((Offset + 3, false), (buffer.End, buffer.HasUnwritten));
        Read(buffer, 6);

        Assert.Equal((Offset + 3, 6), (buffer.UnwrittenOffset, Assert.Single(buffer.Unwritten.ToArray())));
    }

    [Fact]
    public void Memory_that_a_read_still_holds_goes_to_nobody_else()
    {
        var buffer = new WriteBuffer(Offset, long.MaxValue);
        Assert.True(MemoryMarshal.TryGetArray<byte>(buffer.Free(1), out var held));

        buffer.Abandon();
        buffer.Dispose();
        using var next = new WriteBuffer(Offset, long.MaxValue);

        Assert.True(MemoryMarshal.TryGetArray<byte>(next.Free(1), out var others));
        Assert.NotSame(held.Array, others.Array);
    }

    private static void Read(WriteBuffer buffer, params byte[] bytes)
    {
        bytes.CopyTo(buffer.Free(bytes.Length));
        buffer.Add(bytes.Length);
    }
}
