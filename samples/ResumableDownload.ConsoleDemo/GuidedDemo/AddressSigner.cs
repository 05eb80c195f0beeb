using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>Signs addresses for a quarter of an hour, and tells which ones are good. A stand-in: the parameters are those of OSS, the signature is not.</summary>
internal sealed class AddressSigner
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private long _passed;

    private DateTimeOffset Now => DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref _passed));

    public void LetPass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    public Uri Sign(Uri address)
    {
        var end = (Now + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new($"{address.AbsoluteUri}?OSSAccessKeyId=demo&Expires={end}&Signature={SignatureOf(address.AbsolutePath, end)}");
    }

    /// <summary>Why a request is not answered; <see langword="null"/> when its address is good.</summary>
    public OriginError? RefusalOf(HttpRequest request)
    {
        var end = request.Query["Expires"].ToString();
        return request.Query["Signature"] != SignatureOf(request.Path.ToString(), end) ? new("SignatureDoesNotMatch", "The signature is not right.")
            : long.Parse(end, CultureInfo.InvariantCulture) < Now.ToUnixTimeSeconds() ? new("AccessDenied", "Request has expired.")
            : null;
    }

    private string SignatureOf(string path, string end) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"GET\n{end}\n{path}")));
}
