//! Plots as SVG: throughput against clients, latency by quantile, latency against the size of the tables.

use std::path::Path;

use anyhow::{Context, Result};
use plotters::coord::combinators::{BindKeyPoints, IntoLogRange};
use plotters::coord::ranged1d::ValueFormatter;
use plotters::prelude::*;

use super::Records;
use crate::part::thousands;
use crate::record::{Content, Record};

const SIZE: (u32, u32) = (860, 480);
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 90, 181),
    RGBColor(220, 50, 32),
    RGBColor(230, 140, 0),
    RGBColor(110, 110, 110),
    RGBColor(0, 130, 90),
    RGBColor(130, 60, 160),
    RGBColor(90, 60, 40),
];

/// A line: its name and its points.
type Line = (String, Vec<(f64, f64)>);

struct Plot<'a> {
    title: &'a str,
    x: &'a str,
    y: &'a str,
    has_log_x: bool,
    lines: Vec<Line>,
}

/// A plot is left out where nothing was measured of it.
pub fn draw(records: &Records, folder: &Path) -> Result<()> {
    let plots = [
        (
            "throughput",
            Plot {
                title: "Bookings a second, synchronous_commit on",
                x: "clients at once",
                y: "bookings a second",
                has_log_x: true,
                lines: throughput(records),
            },
        ),
        (
            "latency",
            Plot {
                title: "Latency of a booking, 8 clients, synchronous_commit on",
                x: "percent of the bookings",
                y: "milliseconds",
                has_log_x: false,
                lines: latency(records),
            },
        ),
        (
            "growth",
            Plot {
                title: "Median latency of one client, all sessions peer bookings",
                x: "sessions in the table",
                y: "milliseconds",
                has_log_x: true,
                lines: growth(records),
            },
        ),
    ];
    for (name, plot) in plots {
        let path = folder.join(format!("{name}.svg"));
        if plot.lines.iter().any(|(_, points)| points.len() > 1) {
            plot.draw(&path)
                .with_context(|| format!("cannot draw {}", path.display()))?;
        }
    }
    Ok(())
}

fn throughput(records: &Records) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for record in by_number(records, "clients", |record| {
        record.part == "booking"
            && record
                .parameters
                .get("synchronous_commit")
                .is_some_and(|on| on == "on")
    }) {
        let (clients, record) = record;
        if let Content::Contest(contest) = &record.content {
            for standing in &contest.standings {
                add(&mut lines, &standing.title, (clients, standing.per_second.median));
            }
        }
    }
    lines
}

fn latency(records: &Records) -> Vec<Line> {
    let Some(Content::Contest(contest)) = records
        .get("booking-8-clients-synchronous-commit-on")
        .map(|record| &record.content)
    else {
        return Vec::new();
    };
    let points = |latency: &[(f64, f64)]| latency.iter().map(|(q, us)| (q * 100.0, us / 1_000.0)).collect();
    contest
        .standings
        .iter()
        .map(|standing| (standing.title.clone(), points(&standing.latency)))
        .collect()
}

fn growth(records: &Records) -> Vec<Line> {
    let mut lines = Vec::new();
    for record in records.values() {
        let is_latency = record.part == "growth" && record.title.starts_with("Latency");
        let is_all_peer = record
            .parameters
            .get("peer_percent")
            .is_some_and(|percent| percent == 100);
        if let (true, true, Content::Series(series)) = (is_latency, is_all_peer, &record.content) {
            let points = series
                .rows
                .iter()
                .filter_map(|row| Some((row.contender.parse().ok()?, row.spread.median / 1_000.0)))
                .collect();
            let name = record.parameters["operation"].as_str().unwrap_or_default();
            lines.push((name.replace('-', " "), points));
        }
    }
    lines
}

/// Records that bear a number, in its order.
fn by_number<'a>(
    records: &'a Records,
    parameter: &str,
    is_wanted: impl Fn(&Record) -> bool,
) -> Vec<(f64, &'a Record)> {
    let mut found: Vec<(f64, &Record)> = records
        .values()
        .filter(|record| is_wanted(record))
        .filter_map(|record| Some((record.parameters.get(parameter)?.as_f64()?, record)))
        .collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    found
}

fn add(lines: &mut Vec<Line>, name: &str, point: (f64, f64)) {
    match lines.iter_mut().find(|(own, _)| own == name) {
        Some((_, points)) => points.push(point),
        None => lines.push((name.to_owned(), vec![point])),
    }
}

impl Plot<'_> {
    fn draw(&self, path: &Path) -> Result<()> {
        let area = SVGBackend::new(path, SIZE).into_drawing_area();
        area.fill(&WHITE)?;
        let points = || self.lines.iter().flat_map(|(_, points)| points);
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MIN, f64::max);
        let smallest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MAX, f64::min);
        let (left, right) = (
            smallest(&mut points().map(|point| point.0)),
            largest(&mut points().map(|point| point.0)),
        );
        let top = largest(&mut points().map(|point| point.1)) * 1.1;
        let bottom = smallest(&mut points().map(|point| point.1)) * 0.8;
        let mut builder = ChartBuilder::on(&area);
        builder
            .caption(self.title, ("sans-serif", 20))
            .margin(16)
            .margin_right(48)
            .x_label_area_size(44)
            .y_label_area_size(72);
        match self.has_log_x {
            true => {
                let mut measured: Vec<f64> = points().map(|point| point.0).collect();
                measured.sort_by(f64::total_cmp);
                measured.dedup();
                let x = (left..right).log_scale().with_key_points(measured);
                self.fill(builder.build_cartesian_2d(x, 0.0..top)?)?;
            }
            false => self.fill(builder.build_cartesian_2d(left..right, (bottom..top).log_scale())?)?,
        }
        area.present()?;
        Ok(())
    }

    fn fill<'b, X, Y>(&self, mut chart: ChartContext<'b, SVGBackend<'b>, Cartesian2d<X, Y>>) -> Result<()>
    where
        X: Ranged<ValueType = f64> + ValueFormatter<f64>,
        Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
    {
        chart
            .configure_mesh()
            .x_desc(self.x)
            .y_desc(self.y)
            .x_label_formatter(&label)
            .y_label_formatter(&label)
            .light_line_style(WHITE)
            .draw()?;
        for ((name, points), colour) in self.lines.iter().zip(COLOURS) {
            let style = colour.stroke_width(2);
            let size = if points.len() > 10 { 0 } else { 3 };
            chart
                .draw_series(LineSeries::new(points.iter().copied(), style).point_size(size))?
                .label(name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
        }
        chart
            .configure_series_labels()
            .background_style(WHITE.mix(0.8))
            .position(SeriesLabelPosition::UpperLeft)
            .draw()?;
        Ok(())
    }
}

/// 1000000 as 1,000,000, and fractions where there is nothing before them.
fn label(value: &f64) -> String {
    match *value {
        small if small < 10.0 && small.fract() != 0.0 => format!("{small:.1}"),
        large => thousands(large.round() as u64),
    }
}
