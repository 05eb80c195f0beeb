using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ResumableDownload.SampleOrigin;

/// <summary>Puts one answer on the wire: at the script's speed, and cut where the script says so.</summary>
internal sealed class OriginReply(HttpContext context, OriginScript script, FileVersion version)
{
    private const int WriteSize = 64 * 1024;

    public async Task SendAsync(OriginAnswer answer, ServedRequest log, int? cutAfter)
    {
        SetHeaders(answer);
        if (answer.Length == 0)
        {
            await SendErrorAsync(answer.Error);
            return;
        }

        context.Response.ContentLength = answer.Length;
        await SendBytesAsync(answer.Start, Math.Min(answer.Length, cutAfter ?? int.MaxValue), log);
        if (cutAfter < answer.Length)
        {
            context.Abort();
        }
    }

    private void SetHeaders(OriginAnswer answer)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = answer.Status;
        if (script.Kind == OriginKind.OssLike)
        {
            headers.Server = "AliyunOSS";
            headers["x-oss-request-id"] = "0123456789ABCDEF01234567";
        }

        headers.ContentRange = answer.Status switch
        {
            206 => string.Create(CultureInfo.InvariantCulture, $"bytes {answer.Start}-{answer.End - 1}/{version.Length}"),
            416 => string.Create(CultureInfo.InvariantCulture, $"bytes */{version.Length}"),
            _ => default,
        };
        if (answer.Error is null)
        {
            DescribeFile(headers);
        }
    }

    private void DescribeFile(IHeaderDictionary headers)
    {
        headers.ETag = version.EntityTag;
        headers.LastModified = version.LastModified.ToString("R", CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        headers.ContentType = "application/octet-stream";
        if (script.Kind == OriginKind.OssLike)
        {
            headers["x-oss-hash-crc64ecma"] = version.ContentCrc64.ToString(CultureInfo.InvariantCulture);
        }
    }

    // A 304 has no body (RFC 9110, section 15.4.5).
    private async Task SendErrorAsync(OriginError? error)
    {
        if (error is not null)
        {
            var body = Encoding.ASCII.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{error.Code}</Code><Message>{error.Message}</Message></Error>");
            context.Response.ContentType = "application/xml";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private async Task SendBytesAsync(int start, int length, ServedRequest log)
    {
        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < length;)
        {
            var size = Math.Min(WriteSize, length - sent);

            // Counted first: once the last byte is out, the client may be through before this method is.
            log.CountSent(size);
            await context.Response.Body.WriteAsync(version.From(start + sent, size), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            sent += size;
            await WaitAsync(TimeSpan.FromSeconds((double)sent / script.BytesPerSecond) - clock.Elapsed);
        }
    }

    private async Task WaitAsync(TimeSpan ahead)
    {
        if (ahead > TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(ahead, context.RequestAborted);
        }
    }
}
