using Spectre.Console;
using Spectre.Console.Rendering;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>The figures beside the bar.</summary>
internal sealed class FiguresColumn : ProgressColumn
{
    private volatile DownloadProgress? _latest;

    public DownloadProgress? Latest
    {
        get => _latest;
        set => _latest = value;
    }

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Latest is { } latest ? Figures.Line(latest) : "connecting");
}
