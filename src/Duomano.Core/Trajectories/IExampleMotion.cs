using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Core.Trajectories;

/// <summary>Somebody who shows how strokes can be played that a motion does not play.</summary>
internal interface IExampleMotion
{
    /// <summary>How many strokes are prepared or carried out within some frames.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="last">The last one.</param>
    int StrokesWithin(HandSide side, int first, int last);

    /// <summary>A hand's motion in some frames, where some of them are as they are shown.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="motion">Its motion in the frames, as a right hand's.</param>
    /// <param name="first">Which frame of the piece it begins with.</param>
    /// <param name="from">The first frame, from there on, that is shown.</param>
    /// <param name="until">The last one.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    HandTrack Shown(HandSide side, HandTrack motion, int first, int from, int until, CancellationToken cancellation);
}
