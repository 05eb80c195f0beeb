using Microsoft.AspNetCore.Http;

namespace ResumableDownload.IntegrationTests;

/// <summary>Sends an answer of a store, with the fault that this request was to meet.</summary>
internal static class StoreReply
{
    private const int Piece = 32 * 1024;

    public static async Task SendAsync(HttpContext context, StoreRequest request, Answer answer, StoreFault fault)
    {
        request.Status = context.Response.StatusCode = answer.Status;
        foreach (var field in answer.Headers.GroupBy(static field => field.Key, static field => field.Value))
        {
            context.Response.Headers[field.Key] = field.ToArray();
        }

        if (answer.Status is not (204 or 304) && answer.Framing == Framing.Length)
        {
            context.Response.ContentLength = answer.Body.Length;
        }

        if (request.Method != "HEAD" && answer.Status is not (204 or 304))
        {
            await SendBodyAsync(context, request, BodyOf(answer, fault), fault);
        }
    }

    // A body that ends before its Content-Length makes Kestrel close the connection, after all that was written has been sent.
    private static async Task SendBodyAsync(HttpContext context, StoreRequest request, ReadOnlyMemory<byte> body, StoreFault fault)
    {
        var end = (int)Math.Min(body.Length, Math.Min(fault.CutAt ?? long.MaxValue, fault.StallAt ?? long.MaxValue));
        for (var at = 0; at < end; at += Piece)
        {
            var piece = body[at..Math.Min(end, at + Piece)];
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            request.CountSent(piece.Length);
            (at == 0 ? fault.During : null)?.Invoke();
        }

        if (fault.StallAt < body.Length)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private static ReadOnlyMemory<byte> BodyOf(Answer answer, StoreFault fault)
    {
        if (fault.FlipAt is not { } at || at >= answer.Body.Length)
        {
            return answer.Body;
        }

        var flipped = answer.Body.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }
}
