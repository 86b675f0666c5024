using Duomano.Core.Music;
using Duomano.Formats.Audio;

namespace Duomano.Formats.Html;

/// <summary>What a page says and plays beside the motion itself.</summary>
public sealed record HtmlPage
{
    /// <summary>What the piece is called.</summary>
    public string Title { get; init; } = "Two hands at the piano";

    /// <summary>Lines on who made the music and the recording; the first stands below the title.</summary>
    public IReadOnlyList<string> Credits { get; init; } = [];

    /// <summary>The sustain pedal, which the page shows and its own piano follows; the clip's where this is empty.</summary>
    public IReadOnlyList<PedalChange> Pedal { get; init; } = [];

    /// <summary>Writes the scene to show, a .glb file, telling the share that is done; null for two hands alone.</summary>
    public Action<Stream, IProgress<double>?>? Scene { get; init; }

    /// <summary>The recording, from the motion's first moment on; null where the page's own piano should play the notes.</summary>
    public CompressedSound? Sound { get; init; }
}
