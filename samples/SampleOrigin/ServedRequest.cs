namespace ResumableDownload.SampleOrigin;

/// <summary>A request as the origin's own log has it.</summary>
internal sealed class ServedRequest(OriginRequest request, OriginAnswer answer)
{
    private int _sent;

    public string Request { get; } = request.ToString();

    public bool IsConditional { get; } = request.IsConditional;

    public int Status { get; } = answer.Status;

    /// <summary>File bytes that the whole answer holds.</summary>
    public int Length { get; } = answer.Length;

    /// <summary>File bytes that the origin wrote, those included that were still on their way when the connection was cut.</summary>
    public int Sent => Volatile.Read(ref _sent);

    public void CountSent(int bytes) => Interlocked.Add(ref _sent, bytes);
}
