using System.Diagnostics;
using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>Traces one question, until its answer, body included, is done with.</summary>
internal static class AttemptTrace
{
    public static Activity? Begin(OriginAddress address, RangeRequest asked)
    {
        Telemetry.Attempts.Add(1);
        var activity = Telemetry.Begin("GET", ActivityKind.Client, address.Target);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("http.request.method", "GET");
            if (asked.IsPartial)
            {
                activity.SetTag("resumable_download.from", asked.Start);
            }
        }

        return activity;
    }

    /// <summary>Notes the answer; the activity lasts as long as that.</summary>
    public static OriginAnswer Answered(Activity? activity, OriginAnswer answer)
    {
        if (activity is not null)
        {
            activity.SetTag("http.response.status_code", answer.Facts.Status);
            if (answer.Facts.Status >= 400)
            {
                Telemetry.Fail(activity, answer.Facts.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), null);
            }

            answer.Lifetime = activity;
        }

        return answer;
    }

    public static void Unanswered(Activity? activity, Exception exception)
    {
        Telemetry.Fail(activity, exception.GetType().FullName!, null);
        activity?.Dispose();
    }
}
