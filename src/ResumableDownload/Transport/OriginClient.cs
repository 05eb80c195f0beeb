using System.Net;
using System.Text;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>Sends a request, follows redirects, and reads the head of the answer. Keeps nothing between calls.</summary>
internal sealed class OriginClient(HttpClient client, TimeProvider time)
{
    /// <summary>Asks the origin; <paramref name="sending"/> is called before each request that goes out.</summary>
    public async ValueTask<OriginAnswer> SendAsync(OriginAddress address, RangeRequest asked, Action sending, CancellationToken cancellationToken)
    {
        var target = address.Source;
        for (var hops = 0; ; hops++)
        {
            sending();
            var response = await SendOnceAsync(address, target, asked, cancellationToken).ConfigureAwait(false);
            if (!Redirect.Is((int)response.StatusCode))
            {
                return await AnsweredAsync(response, target, cancellationToken).ConfigureAwait(false);
            }

            var next = Follow(address.Source, target, response, hops);
            if (next.Target is null)
            {
                return new(response, FactsReader.Read(response, time.GetUtcNow()), next.Refusal);
            }

            response.Dispose();
            target = next.Target;
        }
    }

    // Whoever cancels while a refusal's document comes gets no answer that he could dispose.
    private async ValueTask<OriginAnswer> AnsweredAsync(HttpResponseMessage response, Uri target, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(response, target, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<OriginAnswer> AnswerAsync(HttpResponseMessage response, Uri target, CancellationToken cancellationToken)
    {
        var error = response.StatusCode >= HttpStatusCode.BadRequest
            ? await RefusalBody.ReadAsync(response.Content, time, cancellationToken).ConfigureAwait(false)
            : [];
        var facts = FactsReader.Read(response, time.GetUtcNow(), error.Length == 0 ? null : StoreError.Read(Encoding.UTF8.GetString(error)));
        return new(response, facts)
        {
            ErrorBody = error,
            WentTo = response.RequestMessage?.RequestUri is { } went && !Redirect.SameOrigin(went, target) ? went : null,
        };
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(OriginAddress address, Uri target, RangeRequest asked, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
        foreach (var (name, value) in asked.Fields())
        {
            // Raw: a validator goes back as it came, also one that the typed headers would refuse. Its characters were checked.
            request.Headers.TryAddWithoutValidation(name, value);
        }

        foreach (var (name, value) in address.HeadersFor(target))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private Redirect Follow(Uri source, Uri target, HttpResponseMessage response, int hops)
    {
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
        var next = Redirect.Judge(target, location, hops);
        return next.Target is { } there && !Redirect.SameOrigin(source, there) && HasDefaultCredentials()
            ? new(null, "A redirect leads to another origin, and the HttpClient's default headers carry credentials that would go there; put them into DownloadRequest.Headers")
            : next;
    }

    // HttpClient adds its default headers to every request, whatever the host.
    private bool HasDefaultCredentials() =>
        client.DefaultRequestHeaders.Authorization is not null || client.DefaultRequestHeaders.NonValidated.Contains("Cookie");
}
