using System.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>Soft limits on postures that hands avoid although their joints allow them, and on bones inside keys.</summary>
internal sealed partial class HandTrajectory
{
    // How far the hand turns away from pointing straight and level into the keys before it costs: pitch, yaw, roll, radians.
    private const double TurnTolerance = 0.12;

    // How far a long finger's pad is above its higher neighbour before it costs, metres, and the spread beyond that.
    private const float Raised = 0.018f;
    private const double RaisedTolerance = 0.005;

    // How high above the keys below them bones of the fingers stay, metres; they count where they are deeper than half of it.
    private const float BoneAboveBlack = 0.004f;

    private static readonly double[] UsualTurn = [0.40, 0.80, 0.50];

    // The wrist's six numbers and three of either finger.
    private static readonly int[][] NeighbourColumns =
        [.. Enumerable.Range(0, 4).Select(slot => (int[])[0, 1, 2, 3, 4, 5, .. Enumerable.Range(HandState.Angles(slot), 6)])];

    private void AddTurn(int frame, int index)
    {
        for (var axis = 0; axis < UsualTurn.Length; axis++)
        {
            var turn = State(frame)[HandState.Turn + axis];
            var beyond = Math.Abs(turn) - UsualTurn[axis];
            if (beyond > 0) _equations.Add(index, HandState.Turn + axis, Math.CopySign(beyond, turn), 1 / (TurnTolerance * TurnTolerance));
        }
    }

    // Fingers of one hand go up together: tendons tie them.
    private void AddNeighbourHeights(int index)
    {
        Span<double> row = stackalloc double[12];
        Span<double> one = stackalloc double[HandGeometry.RowLength];
        for (var slot = 1; slot < 5; slot++)
        {
            var neighbour = slot == 1 ? 2 : slot == 4 ? 3 : _geometry.Pad(slot - 1).Y > _geometry.Pad(slot + 1).Y ? slot - 1 : slot + 1;
            var (pad, other) = (_geometry.Pad(slot), _geometry.Pad(neighbour));
            var raised = pad.Y - other.Y - Raised;
            if (raised <= 0) continue;
            row.Clear();
            AddHeightRow(slot, pad, 1, row, one, Math.Min(slot, neighbour));
            AddHeightRow(neighbour, other, -1, row, one, Math.Min(slot, neighbour));
            _equations.Add(index, NeighbourColumns[Math.Min(slot, neighbour)], row, raised, 1 / (RaisedTolerance * RaisedTolerance));
        }
    }

    private void AddHeightRow(int slot, Vector3 pad, double sign, Span<double> row, Span<double> one, int first)
    {
        _geometry.Row(slot, 2, pad, Vector3.UnitY, one);
        for (var k = 0; k < 6; k++) row[k] += sign * one[k];
        for (var k = 0; k < 3; k++) row[6 + 3 * (slot - first) + k] += sign * one[6 + k];
    }

    // A bone between black keys keeps away from them or above them; its own key goes down with it.
    private void KeepBoneAboveBlackKeys(in StrokeSchedule.Moment moment, int index, int slot, int segment, Vector3 point)
    {
        var slope = KeyHeightField.At(point.X, point.Z, _side);
        if (slope.Height <= 0 || (moment.IsDown && moment.Stroke!.Place.IsBlack)) return;
        var lacking = slope.Height + BoneAboveBlack - point.Y;
        if (lacking > 0) Push(index, slot, point, new(-slope.AlongX, 1, -slope.AlongZ), -lacking, BoneClear, segment);
    }
}
