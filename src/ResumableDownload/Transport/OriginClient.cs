using System.Net;
using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>Sends a request, follows redirects, and reads the head of the answer. Keeps nothing between calls.</summary>
internal sealed class OriginClient(HttpClient client, TimeProvider time)
{
    /// <summary>Asks the origin.</summary>
    /// <param name="address">Where.</param>
    /// <param name="asked">What.</param>
    /// <param name="sending">Called before each request that goes out.</param>
    /// <param name="untilHead">Ends the wait for the head of an answer.</param>
    /// <param name="cancellationToken">Ends everything: once there is a head, its status counts, however slowly its document comes.</param>
    public async ValueTask<OriginAnswer> SendAsync(OriginAddress address, RangeRequest asked, Action sending, CancellationToken untilHead, CancellationToken cancellationToken)
    {
        var target = address.Target;
        for (var hops = 0; ; hops++)
        {
            sending();
            var response = await SendOnceAsync(address, target, asked, untilHead).ConfigureAwait(false);
            if (!Redirect.Is((int)response.StatusCode))
            {
                return await AnsweredAsync(address.Window, asked, response, target, cancellationToken).ConfigureAwait(false);
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
    private async ValueTask<OriginAnswer> AnsweredAsync(ResourceWindow? window, RangeRequest asked, HttpResponseMessage response, Uri target, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(window, asked, response, target, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<OriginAnswer> AnswerAsync(ResourceWindow? window, RangeRequest asked, HttpResponseMessage response, Uri target, CancellationToken cancellationToken)
    {
        var error = response.StatusCode >= HttpStatusCode.BadRequest
            ? await RefusalBody.ReadAsync(response.Content, time, cancellationToken).ConfigureAwait(false)
            : [];
        var facts = FactsReader.Read(response, time.GetUtcNow(), error.Length == 0 ? null : StoreError.Read(Encoding.UTF8.GetString(error), QueryParameters.Of(target.Query).Secrets));
        return new(response, window?.ToFile(asked, facts) ?? facts)
        {
            Wanted = window?.BytesOf(asked, facts),
            ErrorBody = error,
            Place = PublicAddress.Of(response.RequestMessage?.RequestUri ?? target),
            Target = target,
            WentTo = response.RequestMessage?.RequestUri is { } went && !Redirect.SameOrigin(went, target) ? went : null,
        };
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(OriginAddress address, Uri target, RangeRequest asked, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target)
        {
            Version = address.HasOwnConnection ? HttpVersion.Version11 : client.DefaultRequestVersion,
            VersionPolicy = address.HasOwnConnection ? HttpVersionPolicy.RequestVersionOrLower : client.DefaultVersionPolicy,
        };
        foreach (var (name, value) in (address.Window?.ToResource(asked) ?? asked).Fields())
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
        client.DefaultRequestHeaders.NonValidated.Any(static header => CallerHeaders.LooksSecret(header.Key));
}
