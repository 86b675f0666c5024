using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Core.Body;

/// <summary>
/// Seats a humanoid at the piano and lets its body follow two hands that play: the bench as high and as far away as its arms want,
/// feet on the floor and the right one on the pedal, a trunk that leans and turns so that no arm is stretched, elbows where arms let them hang,
/// forearms that share the hands' twist, a head that looks where the hands go. The hands' wrists are where the clip has them.
/// </summary>
public sealed class SeatedPianist
{
    /// <summary>How far below the white keys' tops the floor is, metres.</summary>
    public const float Floor = 0.73f;

    // Angles of somebody who sits and plays, radians: the trunk forward, the upper arms forward, the feet outward.
    private const float Upright = 0.12f, ArmsForward = 0.35f, FeetOut = 0.12f;

    // Forearms come down to the wrists by this part of their length.
    private const float ElbowsUp = 0.06f;

    // The lowest wood under the keys, metres, and half a thigh's thickness, times its length.
    private const float BelowKeys = -0.065f, ThighThickness = 0.2f;

    // Where ankles are: beside the middle, and from the keys' front edge towards the player, metres.
    private static readonly PerHand<Vector2> Ankles = new(new(-0.16f, 0.20f), new(0.07f, 0.11f));

    // The foot on the pedal: its toes are up by this and down by that, radians, and how fast it moves, Hz.
    private const float PedalUp = 0.16f, PedalDown = 0.04f;
    private const double FootHertz = 6;

    // How fast the trunk, the head and the loudness that moves it go along, Hz.
    private const double TrunkHertz = 0.45, HeadHertz = 0.8, LoudnessHertz = 0.15, BreathHertz = 0.24;

    // The head looks this far ahead, seconds; it turns so far, radians, and by these shares of the way.
    private const double Ahead = 0.35;
    private const float HeadSide = 0.5f, HeadDown = 0.55f, HeadShare = 0.7f, NeckShare = 0.45f;

    // The share of the hand's twist that the forearm takes.
    private const float ForearmTwist = 0.6f;

    // Arms look at ease up to here, of their reach.
    private const float Comfort = 0.97f;

    // Half the breadth of a waist and its depth before the spine, and half the thickness of a forearm, times from the spine to a shoulder, where nobody knows.
    private static readonly Vector2 UsualWaist = new(0.85f, 0.6f);
    private const float UsualForearm = 0.22f;

    // How far wrists bend sideways at ease, radians.
    private const float MostBent = 0.65f;

    // How fast elbows make way, Hz.
    private const double ElbowHertz = 1.2;

    // Rounds in which the trunk makes room for the arms.
    private const int Rounds = 6;

    private static readonly string[] Spine = ["spine", "chest", "upperChest"];
    private static readonly Quaternion Facing = Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI);

    private readonly Humanoid _humanoid;
    private readonly PerHand<HumanoidHand> _hands;
    private readonly TwoHandClip _clip;
    private readonly BodyStyle _style;
    private readonly PerHand<Limb> _arms;
    private readonly PerHand<Limb> _legs;
    private readonly string[] _spine;
    private readonly float _height;
    private readonly float _ankle;

    private SeatedPianist(Humanoid humanoid, PerHand<HumanoidHand> hands, TwoHandClip clip, BodyStyle style)
    {
        (_humanoid, _hands, _clip, _style) = (humanoid, hands, clip, style);
        Limb Of(HandSide side, string upper, string lower, string end, Vector3 forward)
        {
            Vector3 At(string limb) => humanoid[HumanoidBones.Limb(side, limb)];
            return new(At(lower) - At(upper), At(end) - At(lower), forward);
        }

        _arms = PerHand.Create(side => Of(side, "UpperArm", "LowerArm", "Hand", Vector3.UnitZ));
        _legs = PerHand.Create(side => Of(side, "UpperLeg", "LowerLeg", "Foot", -Vector3.UnitZ));
        _spine = [.. Spine.Where(humanoid.Has)];
        _height = ((humanoid["leftUpperArm"] + humanoid["rightUpperArm"]) / 2 - humanoid["hips"]).Length();
        _ankle = HandSides.Both.Min(side => humanoid[HumanoidBones.Limb(side, "Foot")].Y) - humanoid.Ground;
    }

    /// <summary>Whether a humanoid has what sits and plays: hips, a spine, arms and legs.</summary>
    public static bool CanSeat(Humanoid humanoid)
    {
        ArgumentNullException.ThrowIfNull(humanoid);
        return HumanoidBones.Body.Where(bone => !HumanoidBones.Optional.Contains(bone)).All(humanoid.Has);
    }

    /// <summary>Plays.</summary>
    /// <param name="humanoid">Who, as large as it is beside the piano; it can be seated (<see cref="CanSeat"/>).</param>
    /// <param name="hands">Its hands.</param>
    /// <param name="clip">What they play, with the humanoid's own hands (<see cref="HumanoidHand.Skeleton"/>).</param>
    /// <param name="style">How much of the body plays along.</param>
    /// <exception cref="ArgumentException">The humanoid lacks bones.</exception>
    public static BodyMotion Play(Humanoid humanoid, PerHand<HumanoidHand> hands, TwoHandClip clip, BodyStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(humanoid);
        ArgumentNullException.ThrowIfNull(clip);
        if (!CanSeat(humanoid)) throw new ArgumentException("The humanoid lacks hips, a spine, a head, arms or legs.", nameof(humanoid));
        return new SeatedPianist(humanoid, hands, clip, style ?? BodyStyle.Neutral).Play();
    }

    private BodyMotion Play()
    {
        var frames = _clip.FrameCount;
        var wrists = PerHand.Create(side => Enumerable.Range(0, frames).Select(_clip.Hands[side].Wrist).ToArray());
        var trunk = Trunk(wrists);
        var seat = Seat(wrists);
        MakeRoom(wrists, trunk, seat);
        var turns = _humanoid.Bones.ToDictionary(bone => bone, _ => new Quaternion[frames], StringComparer.Ordinal);
        var pedal = Pedal();
        var looks = Looks(wrists);
        var roots = new Vector3[frames];
        var elbows = Elbows(wrists, trunk, seat);
        for (var frame = 0; frame < frames; frame++)
        {
            var motion = new Frame(this, turns, frame);
            roots[frame] = seat + trunk[frame].Slide;
            motion.Sit(roots[frame], trunk[frame]);
            foreach (var side in HandSides.Both)
            {
                motion.Reach(side, wrists[side][frame], (float)elbows[side][frame]);
                motion.Step(side, seat, pedal[frame]);
            }

            motion.Look(looks[frame]);
        }

        return new(_humanoid, _clip.Fps, new Dictionary<string, Vector3[]>(StringComparer.Ordinal) { ["hips"] = roots }, turns);
    }

    // The hips, with the trunk as upright as it sits, so that the forearms lie level and the upper arms hang.
    private Vector3 Seat(PerHand<Vector3[]> wrists)
    {
        var all = wrists.Left.Concat(wrists.Right).DefaultIfEmpty(new(0, 0.06f, 0.05f)).ToList();
        var (upper, lower) = (_arms.Right.Upper.Length(), _arms.Right.Lower.Length());
        var level = all.Average(wrist => wrist.Y) + ElbowsUp * lower + upper * MathF.Cos(ArmsForward);
        var away = Quantile(all.Select(wrist => wrist.Z), 0.8) + 0.96f * lower + upper * MathF.Sin(ArmsForward) * 0.55f;
        var shoulders = Shoulders(Vector3.Zero, new TrunkPose(0, 0, Upright, 0, Vector3.Zero));
        var middle = (shoulders.Left + shoulders.Right) / 2;
        // Thighs go below the keys, as thick as thighs of their length are.
        var legs = _humanoid["hips"].Y - HandSides.Both.Average(side => _humanoid[HumanoidBones.Limb(side, "UpperLeg")].Y);
        var highest = BelowKeys - ThighThickness * _legs.Right.Upper.Length() + legs;
        return new(0, Math.Min(level - middle.Y, highest), away - middle.Z);
    }

    // Leaning and turning after the hands, and with the music.
    private TrunkPose[] Trunk(PerHand<Vector3[]> wrists)
    {
        var frames = wrists.Left.Length;
        var middle = Smooth([.. Enumerable.Range(0, frames).Select(frame => (double)(wrists.Left[frame].X + wrists.Right[frame].X) / 2)], TrunkHertz);
        var loudness = Loudness();
        var poses = new TrunkPose[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var side = (float)middle[frame] / 0.6f;
            var breath = _style.Breathing * MathF.Sin((float)(2 * Math.PI * BreathHertz * frame / _clip.Fps));
            poses[frame] = new(-0.32f * _style.Leaning * MathF.Atan(side), -0.42f * _style.Leaning * MathF.Atan(side), Upright + _style.Swaying * (float)loudness[frame], breath, Vector3.Zero);
        }

        return poses;
    }

    // Where an arm would be stretched too far the trunk goes after it; what is left, the hips slide on the bench.
    private void MakeRoom(PerHand<Vector3[]> wrists, TrunkPose[] trunk, Vector3 seat)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var missing = new Vector3[trunk.Length];
            for (var frame = 0; frame < trunk.Length; frame++)
            {
                var shoulders = Shoulders(seat + trunk[frame].Slide, trunk[frame]);
                foreach (var side in HandSides.Both)
                {
                    var way = wrists[side][frame] - shoulders[side];
                    var excess = way.Length() - Comfort * _arms[side].Reach;
                    if (excess > 0) missing[frame] += excess * Vector3.Normalize(way);
                    // That every key is reached comes first, and last.
                    if (round < Rounds - 2) missing[frame].X += Askew(side, frame, shoulders[side], wrists[side][frame]);
                }
            }

            var (x, z) = (Envelope([.. missing.Select(one => (double)one.X)]), Envelope([.. missing.Select(one => (double)one.Z)]));
            for (var frame = 0; frame < trunk.Length; frame++)
            {
                var pose = trunk[frame];
                trunk[frame] = round < Rounds - 1
                    ? pose with { Roll = Math.Clamp(pose.Roll - (float)x[frame] / _height, -0.45f, 0.45f), Pitch = Math.Clamp(pose.Pitch - (float)z[frame] / _height, -0.1f, 0.6f) }
                    : pose with { Slide = new((float)x[frame], 0, (float)z[frame]) };
            }
        }
    }

    // How far sideways an elbow is from where the wrist bends no more than it can, metres.
    private float Askew(HandSide side, int frame, Vector3 shoulder, Vector3 wrist)
    {
        var elbow = shoulder + Vector3.Transform(_arms[side].Upper, _arms[side].Solve(shoulder, wrist, Pole(side)).Upper);
        var hand = Vector3.Transform(-Outward(side) * Vector3.UnitX, Rotation.FromAxisAngle(_clip.Hands[side].JointRotation(frame, HandJoint.Wrist)));
        var forearm = wrist - elbow;
        var (to, from) = (MathF.Atan2(hand.X, -hand.Z), MathF.Atan2(forearm.X, -forearm.Z));
        var bend = MathF.IEEERemainder(from - to, MathF.Tau);
        var excess = bend - Math.Clamp(bend, -MostBent, MostBent);
        return new Vector2(forearm.X, forearm.Z).Length() * MathF.Sin(Math.Clamp(excess, -1, 1));
    }

    // How far elbows are lifted out of the trunk's way, radians.
    private PerHand<double[]> Elbows(PerHand<Vector3[]> wrists, TrunkPose[] trunk, Vector3 seat)
    {
        var lifts = PerHand.Create(_ => new double[trunk.Length]);
        var breadth = (_humanoid[HumanoidBones.Limb(HandSide.Left, "UpperArm")] - _humanoid[HumanoidBones.Limb(HandSide.Right, "UpperArm")]).Length() / 2;
        var waist = _humanoid.Shape.Waist ?? breadth * UsualWaist;
        for (var frame = 0; frame < trunk.Length; frame++)
        {
            var hips = seat + trunk[frame].Slide;
            var shoulders = Shoulders(hips, trunk[frame]);
            var across = shoulders.Right - shoulders.Left;
            var room = new ElbowRoom(hips, (shoulders.Left + shoulders.Right) / 2, new(across.Z, 0, -across.X), waist);
            foreach (var side in HandSides.Both)
            {
                var thickness = _humanoid.Shape.Thickness.TryGetValue(HumanoidBones.Limb(side, "LowerArm"), out var known) ? known : UsualForearm * breadth;
                lifts[side][frame] = room.Lift(_arms[side], shoulders[side], wrists[side][frame], Pole(side), Outward(side), thickness);
            }
        }

        return lifts.Map(values => Envelope(values, ElbowHertz));
    }

    // Where elbows point when nothing is in their way: down, out and a little back.
    private static Vector3 Pole(HandSide side) => new(0.5f * Outward(side), -1, 0.35f);

    private static int Outward(HandSide side) => side == HandSide.Right ? 1 : -1;

    // As large as the largest around, then smooth.
    private double[] Envelope(double[] values, double hertz = 1.2)
    {
        var around = (int)Math.Round(0.35 * _clip.Fps);
        var wide = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = Math.Max(0, i - around); k <= Math.Min(values.Length - 1, i + around); k++)
            {
                if (Math.Abs(values[k]) > Math.Abs(wide[i])) wide[i] = values[k];
            }
        }

        return Smooth(wide, hertz);
    }

    // Around 0: how much louder than usual the music is there.
    private double[] Loudness()
    {
        var (sums, weights) = (new double[_clip.FrameCount], new double[_clip.FrameCount]);
        if (_clip.Notes.Count == 0) return sums;
        var usual = _clip.Notes.Average(note => note.Velocity);
        foreach (var note in _clip.Notes)
        {
            var frame = (int)(note.Onset * _clip.Fps);
            if (frame < 0 || frame >= sums.Length) continue;
            sums[frame] += (note.Velocity - usual) / 30;
            weights[frame]++;
        }

        var strength = PathSmoother.Strength(LoudnessHertz, _clip.Fps);
        return Array.ConvertAll(sums.Length < 4 ? sums : PathSmoother.Solve(sums, weights, strength), value => Math.Clamp(value, -1, 1));
    }

    private double[] Pedal()
    {
        var times = new PedalTimes(_clip.Pedal);
        return Smooth([.. Enumerable.Range(0, _clip.FrameCount).Select(frame => times.ValueAt(frame / _clip.Fps) / 127.0)], FootHertz);
    }

    // Between the hands, a little ahead.
    private Vector3[] Looks(PerHand<Vector3[]> wrists)
    {
        var frames = wrists.Left.Length;
        var ahead = (int)Math.Round(Ahead * _clip.Fps);
        double[] Along(Func<Vector3, float> part) => Smooth(
            [.. Enumerable.Range(0, frames).Select(frame => Math.Min(frames - 1, frame + ahead)).Select(frame => (double)(part(wrists.Left[frame]) + part(wrists.Right[frame])) / 2)], HeadHertz);
        var (x, y, z) = (Along(at => at.X), Along(at => at.Y), Along(at => at.Z));
        return [.. Enumerable.Range(0, frames).Select(frame => new Vector3((float)x[frame], (float)y[frame], (float)z[frame]))];
    }

    private double[] Smooth(double[] values, double hertz)
    {
        if (values.Length < 4) return values;
        var weights = new double[values.Length];
        Array.Fill(weights, 1);
        return PathSmoother.Solve(values, weights, PathSmoother.Strength(hertz, _clip.Fps));
    }

    private PerHand<Vector3> Shoulders(Vector3 hips, TrunkPose pose)
    {
        var turns = new Dictionary<string, Quaternion>(StringComparer.Ordinal);
        Turn(pose, (bone, turn) => turns[bone] = turn);
        return PerHand.Create(side => hips + At(HumanoidBones.Limb(side, "UpperArm")));

        Vector3 At(string bone)
        {
            if (_humanoid.Parent(bone) is not { } parent) return Vector3.Zero;
            var above = parent;
            while (!turns.ContainsKey(above)) above = _humanoid.Parent(above) ?? "hips";
            return At(parent) + Vector3.Transform(_humanoid[bone] - _humanoid[parent], turns[above]);
        }
    }

    // The hips turn a little with the trunk; the bones of the spine share the rest.
    private void Turn(TrunkPose pose, Action<string, Quaternion> set)
    {
        Quaternion Of(float share, float breath) =>
            Quaternion.CreateFromAxisAngle(Vector3.UnitY, share * pose.Yaw)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, share * pose.Roll)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, -share * pose.Pitch + breath)
            * Facing;
        set("hips", Of(0.25f, 0));
        for (var i = 0; i < _spine.Length; i++) set(_spine[i], Of(0.25f + 0.75f * (i + 1) / _spine.Length, i == _spine.Length - 1 ? pose.Breath : 0));
    }

    private static float Quantile(IEnumerable<float> values, double share)
    {
        float[] ordered = [.. values.Order()];
        return ordered[(int)Math.Round(share * (ordered.Length - 1))];
    }

    // Turned to the left, leaning to the left, leaning forward, the chest lifted, radians; and away from the bench's middle, metres.
    private readonly record struct TrunkPose(float Yaw, float Roll, float Pitch, float Breath, Vector3 Slide);

    // One frame, from the hips outwards.
    private sealed class Frame(SeatedPianist pianist, Dictionary<string, Quaternion[]> turns, int frame)
    {
        private readonly Humanoid _humanoid = pianist._humanoid;
        private readonly Dictionary<string, Vector3> _positions = new(StringComparer.Ordinal);

        public void Sit(Vector3 hips, TrunkPose pose)
        {
            _positions["hips"] = hips;
            pianist.Turn(pose, Set);
            // What hangs on the trunk goes along until it is moved itself.
            foreach (var bone in _humanoid.Bones.Where(bone => bone != "hips" && !pianist._spine.Contains(bone))) Set(bone, _humanoid.Parent(bone) is { } parent ? Of(parent) : Facing);
        }

        public void Reach(HandSide side, Vector3 wrist, float lift)
        {
            var (upper, lower, hand) = (HumanoidBones.Limb(side, "UpperArm"), HumanoidBones.Limb(side, "LowerArm"), HumanoidBones.Hand(side));
            var (first, second) = pianist._arms[side].Solve(At(upper), wrist, ElbowRoom.Lifted(Pole(side), At(upper), wrist, Outward(side) * lift));
            Set(upper, first);

            var pose = pianist._clip.Hands[side].GetPose(frame);
            pianist._hands[side].Turn(_humanoid, side, pose, pianist._clip.Skeletons[side], Set);
            var axis = Vector3.Normalize(pianist._arms[side].Lower);
            var twist = Rotation.Twist(Quaternion.Conjugate(second) * Of(hand), axis);
            Set(lower, second * Quaternion.CreateFromAxisAngle(axis, ForearmTwist * twist));
        }

        public void Step(HandSide side, Vector3 seat, double pedal)
        {
            var (upper, lower, foot, toes) = (HumanoidBones.Limb(side, "UpperLeg"), HumanoidBones.Limb(side, "LowerLeg"), HumanoidBones.Limb(side, "Foot"), HumanoidBones.Limb(side, "Toes"));
            var ankle = new Vector3(Ankles[side].X, -Floor + pianist._ankle, Math.Min(Ankles[side].Y, seat.Z));
            var (first, second) = pianist._legs[side].Solve(At(upper), ankle, new(Ankles[side].X, 0.6f, -1));
            Set(upper, first);
            Set(lower, second);
            var up = side == HandSide.Right ? PedalUp + (PedalDown - PedalUp) * (float)Math.Clamp(pedal, 0, 1) : 0;
            var flat = Quaternion.CreateFromAxisAngle(Vector3.UnitY, side == HandSide.Right ? -FeetOut : FeetOut) * Facing * Quaternion.CreateFromAxisAngle(Vector3.UnitX, -up);
            Set(foot, flat);
            if (_humanoid.Has(toes)) Set(toes, flat);
        }

        public void Look(Vector3 at)
        {
            var way = at - At("head");
            var side = Math.Clamp(HeadShare * MathF.Atan2(-way.X, -way.Z), -HeadSide, HeadSide);
            var down = Math.Clamp(HeadShare * MathF.Atan2(-way.Y, new Vector2(way.X, way.Z).Length()), 0, HeadDown);
            var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, side) * Facing * Quaternion.CreateFromAxisAngle(Vector3.UnitX, down);
            if (_humanoid.Has("neck")) Set("neck", Quaternion.Slerp(Of("neck"), turn, NeckShare));
            Set("head", turn);
        }

        private Quaternion Of(string bone) => turns[bone][frame];

        private void Set(string bone, Quaternion turn) => turns[bone][frame] = Quaternion.Normalize(turn);

        private Vector3 At(string bone)
        {
            if (_positions.TryGetValue(bone, out var known)) return known;
            var parent = _humanoid.Parent(bone)!;
            return At(parent) + Vector3.Transform(_humanoid[bone] - _humanoid[parent], Of(parent));
        }
    }
}
