using System.Diagnostics;
using ResumableDownload.Model;

namespace ResumableDownload.Transfer;

/// <summary>Measures and traces one run, from its beginning to however it ends.</summary>
internal sealed class RunTrace : IDisposable
{
    private readonly Tally _tally;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Activity? _activity;
    private string _outcome = "cancelled";
    private string? _failure;

    public RunTrace(Uri source, Tally tally, TimeProvider time)
    {
        (_tally, _time, _began) = (tally, time, time.GetTimestamp());
        _activity = Telemetry.Begin("download", ActivityKind.Internal, source);
        Telemetry.Active.Add(1);
    }

    public void Succeed(DownloadResult result)
    {
        _outcome = result.Status == DownloadStatus.NotModified ? "not_modified" : "whole";
        Telemetry.Saved.Add(result.ResumedFrom);
        NoteReceived(result.Received);
    }

    public void Fail(DownloadException exception)
    {
        (_outcome, _failure) = ("failed", exception.Failure.ToString());
        Telemetry.Fail(_activity, _failure, exception.Message);
    }

    public void Fail(Exception exception)
    {
        (_outcome, _failure) = ("failed", exception.GetType().FullName);
        Telemetry.Fail(_activity, _failure!, null);
    }

    /// <summary>Notes what a run that did not finish has brought.</summary>
    public void NoteReceived(Checkpoint? kept) => NoteReceived((kept?.Received.Length ?? 0) - _tally.ResumedFrom);

    private void NoteReceived(long brought) => Telemetry.FetchedAgain.Add(Math.Max(0, _tally.Fetched - Math.Max(0, brought)));

    public void Dispose()
    {
        Telemetry.Active.Add(-1);
        var tags = new TagList { { "resumable_download.outcome", _outcome } };
        if (_failure is not null)
        {
            tags.Add("error.type", _failure);
        }

        Telemetry.Duration.Record(_time.GetElapsedTime(_began).TotalSeconds, tags);
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.SetTag("resumable_download.outcome", _outcome);
            _activity.SetTag("resumable_download.resumed_from", _tally.ResumedFrom);
            _activity.SetTag("resumable_download.received", _tally.Fetched);
            _activity.SetTag("resumable_download.requests", _tally.Requests);
            _activity.SetTag("resumable_download.started_over", _tally.StartedOver);
        }

        _activity?.Dispose();
    }
}
