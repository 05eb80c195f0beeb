namespace ResumableDownload.IntegrationTests;

/// <summary>How the end of a file is known, and what the caller may say about it.</summary>
public sealed class LengthTests
{
    private const int Length = 300_000;

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await using var scene = new Scene(Resource.Version(1, 0));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((0, 1), (result.Length, result.Requests));
    }

    [Fact]
    public async Task A_chunked_body_is_whole_at_its_last_chunk()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Chunked } };

        Assert.Equal(Length, (await scene.DownloadAsync()).Length);

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_chunked_body_of_nothing_is_an_empty_file()
    {
        await using var scene = new Scene(Resource.Version(1, 0)) { Origin = { Otherwise = Chunked } };

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(Length - 1)]
    public async Task A_chunked_body_that_is_cut_is_not_taken_for_whole(int cut)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Chunked with { BodyLimit = cut, Ending = Ending.Close });

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_chunked_body_cut_just_before_its_last_chunk_is_finished()
    {
        // All bytes are kept, but only the next answer can say that there are no more.
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Then(Conduct.CutAt(Length) with
        {
            Twist = (_, answer) => answer with { Framing = Framing.Chunked, Body = (byte[])[.. answer.Body.Span, 0] },
        });

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(scene.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task A_length_beside_chunks_counts_for_nothing()
    {
        // RFC 9112, section 6.3: the chunks decide.
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Otherwise = Conduct.Say(answer => answer.With("Content-Length", "100000") with { Framing = Framing.Chunked });

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_chunked_body_that_ends_before_what_is_kept_makes_no_loop()
    {
        // The tag stays, the length was never told: only the end of the second body shows that they differ.
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Chunked with { IgnoresRange = true } } };
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Resource = scene.Origin.Resource with { Bytes = scene.Origin.Resource.Bytes[..150_000] };

        var failure = await Record.ExceptionAsync(() => scene.DownloadAsync());

        Assert.InRange(scene.Requests.Count, 1, 20);
        Assert.True(failure is null or DownloadException, $"{failure}");
        if (failure is null)
        {
            scene.AssertHolds(scene.Origin.Resource);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/1.0")]
    public async Task A_body_that_ends_with_the_connection_proves_nothing(string protocol)
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = TillClose(protocol) } };

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.LengthUnknown, failure.Failure);
        Assert.False(File.Exists(scene.Destination));
    }

    [Fact]
    public async Task A_body_that_ends_with_the_connection_is_whole_when_the_caller_knows_its_length()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = TillClose("HTTP/1.1") } };

        await scene.DownloadAsync(Expecting(scene, Length));

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_http_1_0_server_that_tells_the_length_will_do()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(100_000))
        {
            Origin = { Otherwise = Conduct.Say(answer => answer with { Protocol = "HTTP/1.0" }) with { Ending = Ending.Close } },
        };

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Theory]
    [InlineData(Length - 1)]
    [InlineData(Length + 1)]
    public async Task Another_length_than_expected_fails_before_a_byte_is_written(int expected)
    {
        await using var scene = new Scene(Resource.Version(1, Length));

        var failure = await scene.FailAsync(Expecting(scene, expected));

        Assert.Equal((DownloadFailure.LengthMismatch, 0), (failure.Failure, failure.Kept));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_the_greatest_length_is_refused(bool lengthIsUnknown)
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { MaxLength = Length - 1 } };
        scene.Origin.Otherwise = lengthIsUnknown ? Chunked : Conduct.Serve;

        Assert.Equal(DownloadFailure.TooLong, (await scene.FailAsync()).Failure);

        Assert.False(File.Exists(scene.Destination));
        Assert.Single(scene.Requests);
    }

    [Fact]
    public async Task The_greatest_length_itself_is_allowed()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { MaxLength = Length } };

        await scene.DownloadAsync(Expecting(scene, Length));

        scene.AssertHolds(scene.Origin.Resource);
    }

    private static DownloadRequest Expecting(Scene scene, long length) => new(scene.Origin.Url, scene.Destination) { ExpectedLength = length };

    private static Conduct Chunked => Conduct.Say(answer => answer with { Framing = Framing.Chunked });

    private static Conduct TillClose(string protocol) => Conduct.Say(answer => answer with { Framing = Framing.UntilClose, Protocol = protocol });
}
