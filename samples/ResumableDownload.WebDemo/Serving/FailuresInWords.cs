using Microsoft.AspNetCore.Http;

namespace ResumableDownload.WebDemo.Serving;

/// <summary>Tells the page why something was not done: what cannot be done now, or a disk that does not take it.</summary>
internal sealed class FailuresInWords : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DownloadException)
        {
            return TypedResults.Conflict(new Problem(exception.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return TypedResults.InternalServerError(new Problem(exception.Message));
        }
    }
}
